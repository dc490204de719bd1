"""Who reads and writes options compared and laboratories: city and State, each its own marks and its own review."""

from functools import cache

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from preau.kit.answers import No, Yes
from preau.kit.dates import day_text
from preau.kit.rows import in_any
from preau.people.models import SCHOOL_ROLES, Role
from preau.people.queries import roles_held
from preau.people.queries.grounds import Grounds
from preau.places.models import City
from preau.plan.equipment.rules import STEERING, kits_visible_in
from preau.plan.studies.models import Authority, Cohort, CohortReview, Comparison, Criterion, Option

STATE_EXPERTS = (Role.IA_DASEN, Role.IA_DASEN_DEPUTY, Role.DSDEN, Role.DAN)
CITY_EXPERTS = (Role.CITY_EDUCATION, Role.CITY_IT)
# Who may, by the place where the role is held (people.queries.grounds).
OPENS_COHORTS = Grounds("city", city=(Role.CITY_EDUCATION,))
TEAM = Grounds("school", school=SCHOOL_ROLES)
FOLLOWERS = {*STEERING, Role.TRAINER}
SPEAKS_FOR = {
    Authority.CITY: Grounds("city", city=CITY_EXPERTS),
    Authority.STATE: Grounds("city", department=STATE_EXPERTS),
}


def cities_followed_by(person, today):
    """Cities whose committees the person reads whole: the city's people, the State's, and trainers of the département
    (Canopé sits in both committees)."""
    return kits_visible_in(person, today)


def comparisons_visible_to(person, today):
    """Options compared: vendors' names and marks stay among members."""
    return Comparison.objects.filter(city__in=cities_followed_by(person, today))


def comparisons_to_mark_by(person, today):
    """Those still open where the person's authority has not marked every option on every criterion."""
    waits = {side: Exists(_options_to_mark(side)) for side in SPEAKS_FOR}
    wanted = (grounds.where(person, today, "city") & Q(waits[side]) for side, grounds in SPEAKS_FOR.items())
    return comparisons_visible_to(person, today).filter(Q(*wanted, _connector=Q.OR), state=Comparison.State.OPEN)


@cache
def _options_to_mark(authority):
    """Of a comparison, those the authority has not marked on every criterion: built once, asked inside another set."""
    criteria = Criterion.objects.filter(comparison=OuterRef("comparison")).order_by()
    asked = criteria.values("comparison").annotate(asked=Count("pk")).values("asked")
    marked = Count("marks", filter=Q(marks__authority=authority))
    options = Option.objects.filter(comparison=OuterRef("pk")).annotate(marked=marked, asked=Subquery(asked))
    return options.filter(marked__lt=F("asked"))


def cohorts_visible_to(person, today):
    """Laboratories: who follows the city reads them whole, the team of a school the ones that it is in."""
    followed, tried = cohorts_followed_by(person, today), _tried_by(person, today)
    return Cohort.objects.filter(in_any("pk", followed.values("pk"), tried.values("cohort")))


def cohorts_followed_by(person, today):
    """Of these, those read whole: each half of the review as it is signed, and what the COTECH says."""
    return Cohort.objects.filter(city__in=cities_followed_by(person, today))


def cities_with_cohorts_for(person, today):
    """Cities whose laboratories the person may read, some or all."""
    followed, tried = cities_followed_by(person, today), _tried_by(person, today)
    return City.objects.filter(in_any("pk", followed.values("pk"), tried.values("cohort__city")))


def reads_cohorts(person, today) -> bool:
    """Follows a city, or works in a school that is in a laboratory: one query for a team alone."""
    if roles_held(person, today) & FOLLOWERS:
        return True
    return _tried_by(person, today).exists()


def _tried_by(person, today):
    """(laboratory, school) of the schools where the person works."""
    return Cohort.schools.through.objects.filter(TEAM.where(person, today, "school"))


def cohorts_to_review_by(person, today):
    """Laboratories that are over, whose review the person's authority has not signed."""
    signed = CohortReview.objects.filter(cohort=OuterRef("pk"), signed_at__isnull=False)
    wanted = (
        grounds.where(person, today, "city") & ~Exists(signed.filter(authority=side))
        for side, grounds in SPEAKS_FOR.items()
    )
    return Cohort.objects.filter(Q(*wanted, _connector=Q.OR), state=Cohort.State.RUNNING, ends_on__lt=today)


def authority_of(person, city, today):
    """The authority the person may speak for about options and laboratories, or None."""
    return next((side for side, grounds in SPEAKS_FOR.items() if grounds.covers(person, city, today)), None)


def can_write_comparison(person, comparison, today):
    """Criteria and options, by the city's experts, while it is open."""
    if not SPEAKS_FOR[Authority.CITY].covers(person, comparison, today, "city"):
        return No("La Direction Éducation et l’informatique des écoles écrivent les critères et les options.")
    return _still_open(comparison)


def can_mark_options(person, comparison, today):
    """Each authority gives its own marks, while it is open."""
    if authority_of(person, comparison.city, today) is None:
        return No("Les notes sont données par les services de la Ville et par la DSDEN et la DAN.")
    return _still_open(comparison)


def _still_open(comparison):
    return Yes() if comparison.is_open else No("Le COTECH a rendu son avis\u00a0: cette comparaison ne change plus.")


def can_open_cohort(person, city, today):
    """A laboratory is opened by the city's Education."""
    if OPENS_COHORTS.covers(person, city, today):
        return Yes()
    return No("Seule la Direction Éducation de cette Ville ouvre un laboratoire d’écoles.")


def can_review_cohort(person, cohort, today):
    """Each authority writes and signs its half."""
    if authority_of(person, cohort.city, today) is None:
        return No("Le bilan est écrit par les services de la Ville et par la DSDEN et la DAN, chacun le sien.")
    if cohort.state != Cohort.State.RUNNING:
        return No("Le bilan est signé par les deux autorités\u00a0: il ne change plus.")
    if today < cohort.starts_on:
        return No(f"Le laboratoire commence le {day_text(cohort.starts_on)}\u00a0: le bilan s’écrit après.")
    return Yes()
