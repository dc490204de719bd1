"""Which passwords serve no more, when many may be stolen, and which are left as they are (trust.md R3)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, TextChoices

from preau.journal.models import Entry
from preau.kit.dates import day_text
from preau.people.models import CLASS_ROLES, Account, Mandate, Person
from preau.people.queries.recovery import RECENT, is_heard, is_recent, own_addresses
from preau.places.models import Classroom, School
from preau.schools.models import Enrolment, Guardianship
from preau.schools.sheets import CLOSED, WITHHOLDS, sheets_withheld
from preau.spaces import rules as spaces
from preau.spaces.models import Stop

OWN, CHOSEN = "Le vôtre.", "Laissé tel quel, à votre demande."
NEVER = "Sans mot de passe\u00a0: jamais ouvert, ou déjà réinitialisé."


class Who(TextChoices):
    FAMILIES = "families", "Les familles"
    PUPILS = "pupils", "Les élèves"
    TEAM = "team", "L’équipe de l’école"


@dataclass(frozen=True)
class Reset:
    """`accounts` lose their password; `kept`, the others with the reason, do not."""

    accounts: tuple[Account, ...]
    kept: tuple[tuple[Account, str], ...]
    mailed_count: int  # told at an address they confirmed
    by_mail_count: int  # of these, who choose another password by it
    recent_count: int  # whose address was confirmed too lately to give anything back

    @property
    def recent_days(self) -> int:
        return RECENT.days

    @property
    def on_paper_count(self) -> int:
        """Who has nothing but a new sheet."""
        return len(self.accounts) - self.by_mail_count

    @property
    def shown_count(self) -> int:
        """How many were listed before somebody left some out."""
        return len(self.accounts) + sum(reason == CHOSEN for _, reason in self.kept)

    @property
    def kept_by_reason(self) -> list[tuple[str, list[Account]]]:
        """The reasons in the order they are met."""
        found = {}
        for account, reason in self.kept:
            found.setdefault(reason, []).append(account)
        return list(found.items())


def reset_of(
    person: Person,
    school: School,
    *,
    who,
    classroom: Classroom | None,
    since: date | None,
    but=(),
    now: datetime,
    today: date,
) -> Reset:
    """Of the families, pupils or team of a school or of a class; `but`: ids of persons left as they are. `since`: who
    chose another password that day or later is left too. Nine queries, whatever the number of accounts."""
    accounts = _accounts_of(school, who, classroom, since, today)
    reasons = _reasons(person, school, accounts, who, today)
    taken, kept = [], []
    for account in accounts:
        why = _kept_because(account, person, since, but, reasons)
        if why:
            kept.append((account, why))
        else:
            taken.append(account)
    told = [each for each in taken if is_heard(each) and not is_recent(each, now)]
    recent = sum(is_recent(each, now) for each in taken)
    return Reset(tuple(taken), tuple(kept), len(told), len(own_addresses(told)), recent)


def _accounts_of(school, who, classroom, since, today):
    enrolled = Enrolment.objects.current(today).filter(school=school)
    team = Mandate.objects.current(today).filter(role__in=CLASS_ROLES)
    if classroom:
        enrolled, team = enrolled.filter(classroom=classroom), team.filter(classroom=classroom)
    else:
        team = team.in_school(school)
    links = Guardianship.objects.reached(today).filter(child__in=enrolled.values("pupil"))
    chosen = {
        Who.FAMILIES: Q(person__in=links.values("guardian")),
        Who.PUPILS: Q(person__in=enrolled.values("pupil")),
        Who.TEAM: Q(person__in=team.values("person")),
    }
    sets = Q(pk__in=())
    for each in who:
        sets |= chosen[each]
    changed = Entry.objects.filter(verb__in=("set_password", "create_account"), object_id=OuterRef("pk"))
    more = Mandate.objects.current(today).filter(person=OuterRef("person")).exclude(role__in=CLASS_ROLES)
    rows = Account.objects.filter(sets).annotate(
        holds_more=Exists(more),
        in_team=Exists(team.filter(person=OuterRef("person"))),
        has_changed=Exists(changed.filter(at__date__gte=since) if since else changed.none()),
    )
    return list(rows.select_related("person").order_by("person__sort_key", "id"))


def _reasons(person, school, accounts, who, today):
    """{person: why not}: nobody is shut out by who may not let them in again, nor an authority with a crowd."""
    why = {each.person_id: WITHHOLDS["holds_more"] for each in accounts if each.holds_more}
    if spaces.stop_authority(person, school, today) != Stop.Authority.SCHOOL:
        return why
    team = [each.person for each in accounts if Who.TEAM in who and each.in_team]
    others = [each.person for each in accounts if not (Who.TEAM in who and each.in_team)]
    withheld = sheets_withheld(person, others, today, team=team)
    return why | {key: answer for key, answer in withheld.items() if answer is not CLOSED}


def _kept_because(account, person, since, but, reasons):
    if account.person_id == person.pk:
        return OWN
    if not account.has_usable_password():
        return NEVER
    if not account.is_active and account.suspended_at is None:
        return CLOSED.reason
    if account.person_id in reasons:
        return reasons[account.person_id].reason
    if account.has_changed:
        return f"Mot de passe changé depuis le {day_text(since)}."
    return CHOSEN if account.person_id in but else ""
