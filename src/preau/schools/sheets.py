"""For whom no code is drawn: a connection sheet opens an account, and all that its person may do or still read. A
function that ended counts while the publications of its time are read (`memory_of`)."""

import datetime
from collections.abc import Iterable
from itertools import chain, islice

from django.db.models import Exists, OuterRef, Q

from preau.kit.answers import Answer, No, Yes
from preau.kit.dates import memory_of
from preau.kit.prepared import PreparedOf
from preau.people.models import CLASS_ROLES, Mandate, Person, Role
from preau.people.queries import holds, places_held
from preau.places.models import School
from preau.schools.models import Guardianship

CLOSED = No("Son compte est fermé : une fiche ne le rouvre pas.")
KNOWN_OTHERWISE = No(
    "Cette personne est déjà connue à un autre titre\u00a0: la direction de l’école où elle l’est fait sa fiche de "
    "connexion."
)
WITHHOLDS = {
    "restricted": No("Une décision est notée pour cette personne : elle n’a pas de fiche de connexion pour cet élève."),
    "shares_child": No("Vous répondez d’un même élève : une autre personne de l’école fait sa fiche de connexion."),
    "holds_more": No(
        "Cette personne tient aussi une autre fonction, ou la tenait il y a peu : elle demande sa fiche de connexion "
        "à qui l’y a nommée, ou à l’opératrice ou à l’opérateur de la base."
    ),
}


def first_sheet(person: Person, holder: Person, school: School, role: Role, today: datetime.date) -> Answer:
    """To somebody already known who is named once more, and never entered: the head as to the team; the Ville and a
    teacher when nothing is held but `role`, the one they name for, and no child is answered for."""
    if holds(person, Role.SCHOOL_HEAD, today=today, place=school):
        return sheets_withheld(person, (), today, team=[holder]).get(holder.pk, Yes())
    account = getattr(holder, "account", None)
    if account and not account.is_active:
        return CLOSED
    more = holder.mandates.lasting(memory_of(today)).exclude(role=role).exists() or holder.children_links.exists()
    return KNOWN_OTHERWISE if more else Yes()


def sheets_withheld(
    person: Person, families: Iterable[Person], today: datetime.date, *, child: Person | None = None, team=()
) -> dict:
    """{id: No} of those for whom `person` draws no code: it opens all that its holder may do, elsewhere too.

    A family's may open, besides, what is held in a school that `person` heads; that of one of the `team`, any class.
    One query, none for nobody.
    """
    named = [{each.pk for each in holders} for holders in (families, team)]
    if not any(named):
        return {}
    beside = [person.pk], [child.pk] if child else [], places_held(person, Role.SCHOOL_HEAD, today=today)
    lists = [*beside, *named]
    rows = _FACTS.rows(*chain(*lists), key=(tuple(map(len, lists)), today))
    found = {}
    for pk, is_open, *facts in rows:
        reasons = [why for fact, why in zip(facts, WITHHOLDS.values(), strict=True) if fact]
        if reasons or is_open is False:
            found[pk] = [*reasons, CLOSED][0]
    return found


def _facts(*given):
    """(id, whether their account is open, whether each reason of WITHHOLDS holds) of these holders."""
    *ids, counts, today = given
    ids = iter(ids)
    [person], child, headed, families, team = ([*islice(ids, count)] for count in counts)
    here = Q(school__in=headed) | Q(classroom__school__in=headed)
    opened = Q(role__in=CLASS_ROLES) & (here | Q(person__in=team))
    held = Mandate.objects.lasting(memory_of(today))
    decided = Guardianship.objects.filter(guardian=OuterRef("pk"), child__in=child, restricted_on__lte=today)
    shared = Guardianship.objects.filter(guardian=OuterRef("pk"), child__guardian_links__guardian=person)
    rows = Person.objects.filter(pk__in=[*families, *team]).annotate(
        holds_more=Exists(held.filter(person=OuterRef("pk")).exclude(opened)),
        shares_child=Exists(shared),
        restricted=Exists(decided),
    )
    return rows.values_list("pk", "account__is_active", *WITHHOLDS)


_FACTS = PreparedOf(_facts)
