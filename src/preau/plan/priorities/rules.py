"""Who advises, who ranks, who programmes (plan.md, permission matrix; mission §6).

DSDEN and DAN write the préconisations and the list; the city writes none of them. The city writes the programme and
its money; the State writes none of it. A federation reads what was adopted.
"""

from functools import cache

from django.db.models import Exists, OuterRef, Q, Subquery

from preau.kit.answers import No, Yes
from preau.people.models import CITY_ROLES, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import City, School
from preau.plan.equipment.models import StandardKit
from preau.plan.equipment.rules import DEPARTMENT_READERS, DISTRICT_READERS, STATE_READERS, schools_visible_to
from preau.plan.priorities.models import (
    ADOPTED,
    SETTLED,
    SHOWN_TO_COPIL,
    SIGNED,
    PriorityList,
    Programme,
    ProgrammeState,
    Recommendation,
    RecommendationAnswer,
    RecommendationLine,
)
from preau.plan.priorities.queries.programmes import with_a_footing

DSDEN_PEN = (Role.DSDEN, Role.IA_DASEN, Role.IA_DASEN_DEPUTY)
DAN_PEN = (Role.DAN,)
STATE_PEN = (*DSDEN_PEN, *DAN_PEN)
CITY_READERS = (Role.CITY_EDUCATION, Role.CITY_IT)
CITY_MONEY = (*CITY_READERS, Role.CITY_FINANCE, Role.ELECTED)
SHOWN_TO_ELECTED = (ProgrammeState.SUBMITTED_COPIL, *SETTLED)

# Who may, by the place where the role is held (people.queries.grounds).
OF_STATE = {"department": STATE_READERS, "district": DISTRICT_READERS}
RANKS = Grounds("city", department=STATE_PEN)
PROPOSES = Grounds("city", department=DSDEN_PEN)
COSIGNS = Grounds("city", department=DAN_PEN)
ANSWERS = Grounds("city", city=CITY_READERS)
PROGRAMMES = Grounds("city", city=(Role.CITY_EDUCATION,))
READS_COSTS = Grounds("city", city=CITY_MONEY)
READS_EVERY_SCHOOL = Grounds("city", city=CITY_ROLES, department=DEPARTMENT_READERS)
READS_ACTS = Grounds("city", city=(*CITY_MONEY, Role.PARENTS_FEDERATION), **OF_STATE)
READS_ADVICE = Grounds("city", city=CITY_MONEY, **OF_STATE)
REPRESENTS_PARENTS = Grounds("city", city=(Role.PARENTS_FEDERATION,))
READS_LISTS = Grounds("city", city=(*CITY_READERS, Role.ELECTED, Role.PARENTS_FEDERATION), **OF_STATE)
# The same, with the states in which a list or a programme is read.
LISTS_IN_STATES = (
    (Grounds("city", department=STATE_READERS), Q()),
    (Grounds("city", city=CITY_READERS, district=DISTRICT_READERS), Q(state__in=SIGNED)),
    (Grounds("city", city=(Role.ELECTED,)), Q(state__in=SHOWN_TO_COPIL)),
    (REPRESENTS_PARENTS, Q(state__in=ADOPTED)),
)
PROGRAMMES_IN_STATES = (
    (Grounds("city", city=(*CITY_READERS, Role.CITY_FINANCE)), Q()),
    (Grounds("city", city=(Role.ELECTED,), department=STATE_READERS), Q(state__in=SHOWN_TO_ELECTED)),
    (Grounds("city", city=(Role.PARENTS_FEDERATION,), district=DISTRICT_READERS), Q(state__in=SETTLED)),
)
STATE_ONLY = "L’ordre des écoles appartient à la DSDEN et à la DAN du département."
CITY_ONLY = "Le programme annuel et son coût sont des actes de la Direction Éducation de cette Ville."

NO_PROJECT = (
    "Cette école n’a déposé aucun projet et n’a encore rien reçu. Le plan n’équipe pas une école sans projet éducatif."
)


def lists_visible_to(person, today):
    """The département's State services read every version; the city and the districts once both have signed."""
    return PriorityList.objects.filter(_in_states(LISTS_IN_STATES, person, today))


def programmes_visible_to(person, today):
    """The city's people; the State once submitted to the COPIL; districts and federations once decided."""
    return Programme.objects.filter(_in_states(PROGRAMMES_IN_STATES, person, today))


def _in_states(table, person, today):
    return Q(*(grounds.where(person, today, "city") & read for grounds, read in table), _connector=Q.OR)


def recommendations_visible_to(person, today):
    """Signed ones: whoever reads a school of the city's plan. Drafts: DSDEN and DAN of the département."""
    signed = Q(
        dsden_signed_at__isnull=False,
        dan_signed_at__isnull=False,
        city__in=schools_visible_to(person, today).values("city"),
    )
    return Recommendation.objects.filter(signed | Q(city__in=cities_ranked_by(person, today)))


def recommendations_to_answer_by(person, today):
    """The last version signed by both, for each kind of school of the person's city, with a line of which the city's
    newest kit says nothing yet: `kit_id`, `kit_version`, `kit_published_on` are that kit's."""
    return _unanswered().filter(ANSWERS.where(person, today, "city"))


def awaiting_answer(recommendation):
    """The same préconisation, with the kit of its city that does not answer it, or None: told to whoever reads it."""
    return _unanswered().filter(pk=recommendation.pk).first()


@cache
def _unanswered():
    """Of every city, never asked as it is: built once, since three sets one in the other cost more than their read."""
    signed = Recommendation.objects.filter(dsden_signed_at__isnull=False, dan_signed_at__isnull=False)
    same = {"city": OuterRef("city"), "school_kind": OuterRef("school_kind")}
    newer = signed.filter(version__gt=OuterRef("version"), **same)
    of = {name: OuterRef(f"recommendation__{name}") for name in same}
    newest = StandardKit.objects.filter(**of).order_by("-version").values("pk")[:1]
    said = RecommendationAnswer.objects.filter(line=OuterRef("pk"), kit=OuterRef("newest"), replaced_at=None)
    silent = RecommendationLine.objects.annotate(newest=Subquery(newest)).filter(~Exists(said), newest__isnull=False)
    silent = silent.filter(recommendation=OuterRef("pk"))
    kit = StandardKit.objects.filter(**same).order_by("-version")
    return signed.filter(~Exists(newer), Exists(silent)).annotate(
        kit_id=Subquery(kit.values("pk")[:1]),
        kit_version=Subquery(kit.values("version")[:1]),
        kit_published_on=Subquery(kit.values("published_on")[:1]),
    )


def cities_ranked_by(person, today):
    """Cities of the départements whose DSDEN or DAN pen the person holds."""
    return City.objects.filter(RANKS.where(person, today))


def cities_programmed_by(person, today):
    """Cities whose programme the person writes."""
    return City.objects.filter(PROGRAMMES.where(person, today))


def cities_visible_to(person, today):
    """Cities whose lists or programmes the person may come to read."""
    return City.objects.filter(READS_ACTS.where(person, today))


def cities_advised_for(person, today):
    """Cities whose préconisations the person may come to read: what a kit is made of is not a federation's (plan.md,
    permission matrix, « Standard kit, catalogue »)."""
    return City.objects.filter(READS_ADVICE.where(person, today))


def cities_with_lists_for(person, today):
    """Cities whose lists the person reads, once or before they are signed: not those where they hold the money alone
    (plan.md, permission matrix: no opinion and no list for the finance)."""
    return City.objects.filter(READS_LISTS.where(person, today))


def can_write_priorities(person, city, today):
    """Préconisations, a draft of the list: DSDEN or DAN. Never the city (AC-25)."""
    return Yes() if RANKS.covers(person, city, today) else No(STATE_ONLY)


def can_move_rank(person, priority_list, today):
    """In a draft only: what is signed is followed by a new version (AC-25)."""
    answer = can_write_priorities(person, priority_list.city, today)
    if answer and not priority_list.is_draft:
        return No("Cette version est signée ou proposée : son ordre ne change plus. Ouvrez une nouvelle version.")
    return answer


def can_propose_list(person, priority_list, today):
    """The DSDEN signs first (W2)."""
    if not PROPOSES.covers(person, priority_list, today, "city"):
        return No("La DSDEN propose la liste ; la DAN la signe ensuite.")
    return Yes()


def can_cosign_list(person, priority_list, today):
    """The DAN signs what the DSDEN proposed, or gives it back."""
    if not COSIGNS.covers(person, priority_list, today, "city"):
        return No("La DAN signe la liste que la DSDEN a proposée.")
    return Yes()


def can_sign_recommendation(person, recommendation, today):
    """Each for its own authority, once."""
    return can_write_priorities(person, recommendation.city, today)


def can_answer_recommendation(person, recommendation, today):
    """The city says what its kit does of each line, once both have signed."""
    if not ANSWERS.covers(person, recommendation, today, "city"):
        return No("La Ville dit elle-même ce que son équipement type fait de chaque préconisation.")
    if not recommendation.is_in_force:
        return No("La DSDEN et la DAN n’ont pas encore signé toutes les deux.")
    return Yes()


def can_write_programme(person, city, today):
    """The Direction Éducation, for its own city."""
    return Yes() if PROGRAMMES.covers(person, city, today) else No(CITY_ONLY)


def can_put_on_programme(person, entry, today):
    """With its candidature on the list followed; else a school that filed a project or already received something, and
    the line says why (mission D1; a renewal competes for the same money, plan.md)."""
    answer = can_write_programme(person, entry.programme.city, today)
    if answer and not entry.application_id and not with_a_footing(School.objects.filter(pk=entry.school_id)).exists():
        return No(NO_PROJECT)
    return answer


def reads_programme_costs(person, programme, today) -> bool:
    """The city's people read each cost; the others read totals only (plan.md, permission matrix)."""
    return READS_COSTS.covers(person, programme, today, "city")


def reads_ranks(person, programme, today) -> bool:
    """Ranks of the list a programme follows, and where and why it departs from them: for who opens that list. Without
    a list there is none to tell."""
    followed = programme.priority_list_id
    return followed is None or lists_visible_to(person, today).filter(pk=followed).exists()


def reads_reasons(person, act, today) -> bool:
    """A federation reads the adopted list or the decided programme (`act`), not why a school was moved."""
    return act.city_id not in REPRESENTS_PARENTS.places_alone(person, today)


def reads_every_school(person, act, today) -> bool:
    """Whether each school of a list or of a programme (`act`) opens its story to the person: the city's own people and
    the département's, not a federation nor who follows some schools only."""
    return READS_EVERY_SCHOOL.covers(person, act, today, "city")


def pens_of(person, city, today) -> list[str]:
    """« dsden », « dan »: the signatures the person may give."""
    signed = (("dsden", PROPOSES), ("dan", COSIGNS))
    return [name for name, pen in signed if pen.covers(person, city, today)]
