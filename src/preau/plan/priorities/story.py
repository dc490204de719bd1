"""What the list and the programme tell of a school: its rank, what the COPIL changed, the year it is on."""

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.functions import Cast, Concat, TruncDate

from preau.kit.money import NBSP
from preau.kit.rooms.story import Chapter, Told
from preau.kit.rooms.told import lines
from preau.plan.applications.story import decided
from preau.plan.priorities import rules
from preau.plan.priorities.models import SIGNED, CopilRank, PriorityEntry, ProgrammeEntry


def _ranks(school, person, today):
    lists = rules.lists_visible_to(person, today).filter(state__in=SIGNED)
    ranks = PriorityEntry.objects.filter(priority_list__in=lists, application__school=school)
    version, signed_on = Cast("priority_list__version", CharField()), TruncDate("priority_list__dan_signed_at")
    told = {"detail": "priority_list__call__title", "more": version, "target": "priority_list_id"}
    yield lines(ranks, "rank", name=Cast("rank", CharField()), day=signed_on, **told)
    changed = CopilRank.objects.filter(entry__priority_list__in=lists, entry__application__school=school)
    of = "entry__priority_list"
    told = {"detail": f"{of}__decision_number", "more": "reason", "target": f"{of}_id"}
    yield lines(changed, "rank_changed", name=Cast("rank", CharField()), day=f"{of}__decided_on", **told)


def _programmes(school, person, today):
    seen = rules.programmes_visible_to(person, today)
    chosen = ProgrammeEntry.objects.filter(school=school, programme__in=seen, programme__decided_on__isnull=False)
    told = {"detail": "programme__decision_number", "more": _why(person, today), "target": "programme_id"}
    yield lines(chosen, "programme", name="programme__school_year", day="programme__decided_on", **told)


def _why(person, today):
    """Why a school passes before others tells their ranks: for who reads the list."""
    lists = rules.lists_visible_to(person, today)
    read = Q(programme__priority_list__in=lists.values("pk")) | Q(programme__priority_list=None)
    outside = Concat(Value(f"hors candidature, motif{NBSP}: "), "reason")
    return Case(
        When(read & Q(application=None), then=outside),
        When(read & ~Q(reason=""), then="reason"),
        When(read, then="programme__decision_reason"),
        When(application=None, then=Value("hors candidature")),
        default=Value(""),
        output_field=CharField(),
    )


def _rank(line):
    return f"{line.name}{'re' if line.name == '1' else 'e'}"


OF_LISTS = {
    "rank": Told(40, "state", "priorities:list_detail", lambda line: f"{_rank(line)} de la liste priorisée",
                 lambda line: f"{line.detail}, liste v{line.more} signée par la DSDEN et la DAN"),
    "rank_changed": Told(50, "committee", "priorities:list_detail",
                         lambda line: f"Le COPIL la place {_rank(line)}",
                         lambda line: decided(line.detail, line.more)),
}  # fmt: skip
OF_PROGRAMMES = {
    "programme": Told(60, "committee", "priorities:programme_detail", lambda line: f"Au programme {line.name}",
                      lambda line: decided(line.detail, line.more)),
}  # fmt: skip

STORY = (Chapter(_ranks, OF_LISTS), Chapter(_programmes, OF_PROGRAMMES))
