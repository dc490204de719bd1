"""What waits for the list of a call, the programme of a year and the answers to a préconisation (plan.md W2, W3)."""

from datetime import date

from django.db.models import Case, CharField, Q, When
from django.db.models.functions import Cast, Greatest, TruncDate

from preau.kit.dates import day_text
from preau.kit.rooms.told import in_one_text, lines
from preau.kit.rooms.waiting import Act, Wait
from preau.people.models import Role
from preau.places.models import School
from preau.plan.priorities import rules
from preau.plan.priorities.models import ListState, PriorityList, Programme, ProgrammeState, Recommendation
from preau.plan.priorities.queries.ranking import calls_to_list, lists_to_send, lists_to_write_again

NOT_THE_CITY_S = (ProgrammeState.CLOSED, ProgrammeState.SUBMITTED_COPIL, ProgrammeState.RUNNING)


def _lists(person, now, today, roles):
    cities = rules.cities_ranked_by(person, today)
    name, day = "call__title", TruncDate("opened_at")
    yield lines(calls_to_list(cities, today), "list", name="title", day=TruncDate("reviewed_at"))
    yield lines(lists_to_write_again(cities), "again", name=name, day="decided_on")
    drafts = PriorityList.objects.filter(city__in=cities, state=ListState.DRAFT)
    yield lines(drafts, "rank", name=name, day=day)
    yield lines(lists_to_send(cities), "send", name=name, day=TruncDate("dan_signed_at"))
    if Role.DAN in roles:
        proposed = PriorityList.objects.filter(rules.COSIGNS.where(person, today, "city"), state=ListState.PROPOSED)
        yield lines(proposed, "cosign", name=name, day=TruncDate("dsden_signed_at"))


def _advice(person, now, today, roles):
    unsigned = Q(rules.PROPOSES.where(person, today, "city"), dsden_signed_at=None)
    unsigned |= Q(rules.COSIGNS.where(person, today, "city"), dan_signed_at=None)
    told = {"name": "city__name", "detail": "school_kind", "more": Cast("version", CharField())}
    yield lines(Recommendation.objects.filter(unsigned), "advice", day=TruncDate("written_at"), **told)


def _answers(person, now, today, roles):
    asked = rules.recommendations_to_answer_by(person, today)
    signed_on = TruncDate(Greatest("dsden_signed_at", "dan_signed_at"))
    # A new kit has the former advice to answer again: the wait begins with the last of the two.
    day = Case(When(kit_published_on__gt=today, then=signed_on), default=Greatest(signed_on, "kit_published_on"))
    told = ("version", signed_on, "kit_version", "kit_published_on")
    yield lines(asked, "answer", name="city__name", detail="school_kind", more=in_one_text(told), day=day)


def _programmes(person, now, today, roles):
    cities = rules.cities_programmed_by(person, today)
    open_ones = Programme.objects.filter(city__in=cities).exclude(state__in=NOT_THE_CITY_S)
    yield lines(open_ones, "programme", name="school_year", detail="state", day=TruncDate("opened_at"))


def _version(words: str, version: str) -> str:
    return f"{words}, préconisation v{version}"


def _version_and_kit(words: str, told: str) -> str:
    """« élémentaire, préconisation v1 du 2 septembre 2019, pour le kit v2 du 1er septembre 2026 »"""
    version, signed_on, kit_version, kit_on = told.split()
    signed, published = (day_text(date.fromisoformat(day)) for day in (signed_on, kit_on))
    return f"{_version(words, version)} du {signed}, pour le kit v{kit_version} du {published}"


PAGE, ADVICE = "priorities:list_detail", "priorities:recommendation_detail"
OF_LISTS = {
    "list": Act("Ouvrir la liste d’un appel", "priorities:list_list", anchor="appel"),
    "again": Act("Ouvrir une nouvelle version de la liste", PAGE),
    "rank": Act("Ordonner la liste", PAGE),
    "cosign": Act("Signer la liste", PAGE),
    "send": Act("Porter la liste au COPIL", PAGE),
}
OF_ADVICE = {"advice": Act("Signer la préconisation", ADVICE, details=School.Kind, tells=_version)}
OF_ANSWERS = {"answer": Act("Répondre à la préconisation", ADVICE, details=School.Kind, tells=_version_and_kit)}
OF_PROGRAMMES = {"programme": Act("Faire avancer le programme", "priorities:programme_detail", details=ProgrammeState)}

WAITING = (
    Wait(rules.STATE_PEN, _lists, OF_LISTS),
    Wait(rules.STATE_PEN, _advice, OF_ADVICE),
    Wait((Role.CITY_EDUCATION, Role.CITY_IT), _answers, OF_ANSWERS),
    Wait((Role.CITY_EDUCATION,), _programmes, OF_PROGRAMMES),
)
