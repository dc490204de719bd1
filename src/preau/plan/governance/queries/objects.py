"""What a point or a decision bears on: options, laboratories, priority lists, programmes, candidatures."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from preau.kit.names import name_key
from preau.plan.applications.models import Application
from preau.plan.applications.models import State as File
from preau.plan.governance.models import Committee, ObjectKind, Result
from preau.plan.priorities.models import ListState, PriorityEntry, PriorityList, Programme, ProgrammeState
from preau.plan.priorities.queries import ranked_lines
from preau.plan.studies.models import Cohort, Comparison, Option, Outcome

PAGES = {
    ObjectKind.COMPARISON: "studies:comparison_detail",
    ObjectKind.COHORT: "studies:cohort_detail",
    ObjectKind.PRIORITY_LIST: "priorities:list_detail",
    ObjectKind.PROGRAMME: "priorities:programme_detail",
    ObjectKind.APPLICATION: "applications:application_detail",
}
CHOICES = {ObjectKind.COHORT: tuple(Outcome.choices)}


@dataclass(frozen=True)
class Linked:
    """What a point or a decision bears on, named for a page."""

    kind: str
    id: object
    label: str
    is_open: bool  # the reader may open its page
    choices: tuple[tuple[str, str], ...] = ()  # what a COPIL may choose: (value, label)

    @property
    def value(self) -> str:
        """« comparison:0192… », as a form posts it."""
        return f"{self.kind}:{self.id}"

    @property
    def page(self) -> str:
        """The name of its address, which not every member may read."""
        return PAGES[self.kind]


def objects_of(city, about=None, *, seen=None, with_choices=True) -> list[Linked]:
    """Everything a point may bear on in a city, not settled yet; with `about`, (kind, id) pairs, exactly those. `seen`:
    {kind: those the reader may open}, the other kinds all. One read whatever the kinds, one more for what a COPIL may
    choose, when asked."""
    kinds = [(kind, rows.filter(waiting), label) for kind, rows, waiting, label in _kinds(city)]
    if about is not None:
        ids, asked = [id for _, id in about if id], {kind for kind, id in about if id}
        kinds = [(kind, rows.filter(id__in=ids), label) for kind, rows, _, label in _kinds(city) if kind in asked]
    parts = [_named(kind, rows, label, (seen or {}).get(kind)) for kind, rows, label in kinds]
    named = list(parts[0].union(*parts[1:], all=True)) if parts else []
    compared = [id for kind, id, *_ in named if kind == ObjectKind.COMPARISON]
    options = _options(compared) if with_choices else {}
    order = list(ObjectKind)
    found = [
        Linked(kind, id, label, bool(is_open), options.get(id, CHOICES.get(kind, ())))
        for kind, id, label, is_open in named
    ]
    return sorted(found, key=lambda link: (order.index(link.kind), name_key(link.label), link.id))


def choices_for(session, linked) -> tuple[tuple[str, str], ...]:
    """A COPIL chooses; a COTECH gives its opinion in words."""
    return linked.choices if linked and session.committee.kind == Committee.Kind.COPIL else ()


def results_for(linked) -> tuple:
    """What a committee may answer: a programme is the city's act, settled whole or sent back, never changed there."""
    whole = linked is not None and linked.kind == ObjectKind.PROGRAMME
    return tuple(result for result in Result if not (whole and result == Result.CHANGED))


def opinion_on(session, linked):
    """What bears the COTECH's opinion on the object a COPIL decides on, once given; else None."""
    models = {ObjectKind.COMPARISON: Comparison, ObjectKind.COHORT: Cohort}
    if linked is None or linked.kind not in models or session.committee.kind != Committee.Kind.COPIL:
        return None
    return models[linked.kind].objects.filter(pk=linked.id).exclude(opinion_id=None).first()


def list_to_order(session, linked) -> list:
    """The lines of the priority list a COPIL decides on, which it may put in another order; else none."""
    if linked is None or linked.kind != ObjectKind.PRIORITY_LIST or session.committee.kind != Committee.Kind.COPIL:
        return []
    return ranked_lines(PriorityList.objects.get(pk=linked.id))


@dataclass(frozen=True)
class OrderLine:
    """A school in the order a COPIL gave; `signed_rank` is DSDEN's and DAN's."""

    school_name: str
    rank: int
    signed_rank: int | None
    reason: str


def order_lines(decision) -> list[OrderLine]:
    """The decided order of a list, when the COPIL changed it; one read."""
    if not decision.order:
        return []
    entries = PriorityEntry.objects.filter(priority_list=decision.object_id).select_related("application__school")
    known = {str(entry.application_id): entry for entry in entries}
    return [
        OrderLine(
            known[line["application"]].application.school.shown_name,
            rank,
            known[line["application"]].rank,
            line["reason"],
        )
        for rank, line in enumerate(decision.order, 1)
        if line["application"] in known
    ]


def _kinds(city):
    """[(kind, its rows in the city, those a committee may settle, how one is named)]"""
    return [
        (
            ObjectKind.COMPARISON,
            Comparison.objects.filter(city=city),
            ~Q(state=Comparison.State.CHOSEN),
            ("Options", "title"),
        ),
        (
            ObjectKind.COHORT,
            Cohort.objects.filter(city=city),
            ~Q(state=Cohort.State.DECIDED),
            ("Laboratoire", "name"),
        ),
        (
            ObjectKind.PRIORITY_LIST,
            PriorityList.objects.filter(city=city),
            Q(state=ListState.BEFORE_COPIL),
            ("Liste priorisée", "call__title", "version"),
        ),
        (
            ObjectKind.PROGRAMME,
            Programme.objects.filter(city=city),
            Q(state=ProgrammeState.SUBMITTED_COPIL),
            ("Programme", "school_year", "version"),
        ),
        (
            ObjectKind.APPLICATION,
            Application.objects.filter(school__city=city),
            Q(state__in=(File.RANKED, File.WAITING_LIST)),
            ("Candidature", "school__shown_name", "call__title"),
        ),
    ]


def _named(kind, rows, parts, seen):
    """(kind, id, « Liste priorisée : Appel 2026, version 2 », whether it is among `seen`), in SQL, so that all kinds
    are one read."""
    word, name, *more = parts
    pieces = [Value(f"{word}\u00a0: "), F(name)]
    for field in more:
        pieces += [Value(", version " if field == "version" else ", "), Cast(field, TextField())]
    label = Concat(*pieces, output_field=TextField())
    is_open = Value(True) if seen is None else Exists(seen.filter(pk=OuterRef("pk")))
    return rows.order_by().values_list(Value(kind, output_field=TextField()), "id", label, is_open)


def _options(comparisons):
    """{comparison id: its options as choices}"""
    found = {}
    rows = Option.objects.filter(comparison__in=comparisons).order_by("position") if comparisons else ()
    for option in rows:
        found[option.comparison_id] = (
            *found.get(option.comparison_id, ()),
            (str(option.pk), f"{option.letter}. {option.name}"),
        )
    return found
