"""A file's progress, what it lacks, its opinions, its steps, its summary."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.plan.applications.models import EDITABLE, LEFT, SECTIONS, STAGES, Authority, Submission, Verdict
from preau.plan.applications.queries.copies import fixed_lines, lines_of, public_fields

COUNCILS_BEFORE = timedelta(days=366)  # the year before the call opens: the project was spoken of in advance


@dataclass(frozen=True)
class Missing:
    """What keeps a file from being filed, and where to mend it."""

    section: str
    text: str

    @property
    def section_title(self) -> str:
        return SECTIONS[self.section]


@dataclass(frozen=True)
class SectionProgress:
    """A section of the form and how far it is."""

    section: str
    title: str
    saved_at: datetime | None
    missing: tuple[Missing, ...]
    is_asked: bool  # a section without a question is filled by Préau alone

    @property
    def state(self) -> str:
        """For the chip: done, now (begun), none."""
        if self.saved_at is None:
            return "wait" if self.missing else "none"
        return "now" if self.missing else "done"


@dataclass(frozen=True)
class OpinionLine:
    """An opinion as one reader may see it: its verdict, or that it is awaited, not given, or not theirs to read."""

    id: object
    authority: str
    authority_label: str
    verdict: str
    verdict_label: str
    motivation: str
    due_on: date
    given_at: datetime | None
    giver: str
    silence: str  # why nothing is said, see `silence_of`; empty once it is given
    is_confidential: bool
    is_hidden: bool
    released_at: datetime | None
    lifted_at: datetime | None
    lifting_reason: str

    @property
    def voice(self) -> str:
        """Whose colour: the State's or the city's."""
        return "city" if self.authority in (Authority.CITY_IT, Authority.BUILDINGS) else "state"

    @property
    def chip(self) -> str:
        if self.is_hidden:
            return "wait"
        if self.given_at is None:
            return "wait" if self.is_awaited else "none"
        return {Verdict.FAVOURABLE: "done", Verdict.WITH_RESERVATIONS: "now"}.get(self.verdict, "stop")

    @property
    def says(self) -> str:
        """In a word, see `says_of`."""
        return says_of(self.verdict, self.silence, self.lifted_at, is_hidden=self.is_hidden)

    @property
    def is_late(self) -> bool:
        return self.silence == SILENT

    @property
    def is_awaited(self) -> bool:
        return self.silence == AWAITED

    @property
    def is_suspended(self) -> bool:
        return self.silence == SUSPENDED


VERDICTS = dict(Verdict.choices)
AWAITED, SILENT, SUSPENDED, DROPPED = "attendu", "avis non rendu", "suspendu", "sans objet"
REPLACED = "copie remplacée"  # of an opinion not given on a copy, once the school has filed a newer one


def silence_of(state, due_on: date, today: date) -> str:
    """What an opinion not given on the last copy reads, by the state of its file: « suspendu » while the school has it
    in hand, « sans objet » once it left, « avis non rendu » past its day or when the file went on without it, never a
    tacit yes."""
    if state in EDITABLE:
        return SUSPENDED
    if state in LEFT:
        return DROPPED
    return AWAITED if state in STAGES.values() and today <= due_on else SILENT


def says_of(verdict, silence, lifted_at, *, is_hidden) -> str:
    """« favorable », its `silence_of`, or « rendu, non communiqué » to who may not read it."""
    if silence:
        return silence
    if is_hidden:
        return "rendu, non communiqué"
    return f"{VERDICTS[verdict]}, réserves levées" if lifted_at else VERDICTS[verdict]


@dataclass(frozen=True)
class ApplicationSummary:
    """One page's worth, from the last locked copy: for opinions, lists and committees' dossiers.

    `adhesion` reads « 8 sur 9 »: committed teachers out of the school's posts.
    """

    id: object
    school_name: str
    call_title: str
    title: str
    project: str
    ambitions: str
    adhesion: str
    teachers_council: str
    school_council: str
    state: str
    state_label: str
    submitted_at: datetime | None
    copies_count: int
    opinions: tuple[OpinionLine, ...]


def missing_for_submission(application, today: date) -> list[Missing]:
    """Every guard of W1 that the head can mend, in the order of the form; two reads."""
    fields = list(public_fields(application))
    return _missing(application, _answers(application), fields, today)


def _answers(application):
    return {s.section: s for s in application.sections.all()}


def _missing(application, saved, fields, today):
    found = [Missing(section, text) for section, text, is_there in _guards(application, today) if not is_there]
    for field in fields:
        answers = saved[field.section].answers if field.section in saved else {}
        if field.is_required and answers.get(field.key) in (None, "", []):
            found.append(Missing(field.section, f"Répondez à «{NBSP}{field.label}{NBSP}»."))
    order = list(SECTIONS)
    return sorted(found, key=lambda missing: order.index(missing.section))


def _guards(application, today):
    """(section, what to do, whether it is done): what W1 asks of every file, whatever its form."""
    project = "Écrivez le projet pédagogique. Le plan n’équipe pas une école sans projet éducatif."
    committed = application.committed_count
    team = application.posts_count and committed is not None
    return (
        ("projet", "Donnez un titre au projet.", application.title.strip()),
        ("projet", project, application.project.strip()),
        ("projet", "Choisissez au moins une ambition que le projet sert.", _has_ambitions(application)),
        ("equipe", "Dites combien d’enseignants s’engagent, sur combien de postes.", team),
        ("equipe", "Aucun enseignant ne s’engage encore. Il en faut au moins un pour déposer.", not team or committed),
        ("conseils", "Écrivez la date de l’avis du conseil des maîtres.", application.teachers_council_on),
        ("conseils", "Écrivez la date de l’information du conseil d’école.", application.school_council_on),
        *(("conseils", text, False) for text in _councils_not_held(application, today)),
    )


def _councils_not_held(application, today):
    """A council still to come gave no opinion and was told nothing; one of other years spoke of another project."""
    first = localdate(application.call.opens_at) - COUNCILS_BEFORE
    for said, on in (
        ("le conseil des maîtres", application.teachers_council_on),
        ("le conseil d’école", application.school_council_on),
    ):
        if on and on > today:
            yield f"Le {day_text(on)}, {said} n’a pas encore eu lieu{NBSP}: déposez après, ou corrigez la date."
        elif on and on < first:
            yield f"Le {day_text(on)}, c’est trop ancien pour {said}{NBSP}: corrigez la date."


def _has_ambitions(application):
    """Annotated where a page reads the file, asked otherwise."""
    known = getattr(application, "has_ambitions", None)
    return application.ambitions.exists() if known is None else known


def sections_progress(application, today: date) -> list[SectionProgress]:
    """The eleven sections of the form, with what each lacks; two reads."""
    saved = _answers(application)
    fields = list(public_fields(application))
    missing = _missing(application, saved, fields, today)
    asked = {"projet", "equipe", "conseils", *(field.section for field in fields)}
    return [
        SectionProgress(
            section,
            title,
            saved[section].saved_at if section in saved else None,
            tuple(m for m in missing if m.section == section),
            section in asked,
        )
        for section, title in SECTIONS.items()
    ]


def last_copy(application) -> Submission | None:
    """The locked copy that counts."""
    return application.copies.order_by("-number").first() if application.copies_count else None


def opinion_lines(application, visible, today: date, number: int | None = None) -> tuple[OpinionLine, ...]:
    """The opinions on a locked copy, the last unless told, in the order of the file; one read.

    `visible`: opinions whose verdict may be read; the others are named without what they say.
    """
    if not application.copies_count:
        return ()
    rows = application.opinions.filter(submission__number=number or application.copies_count)
    rows = rows.annotate(is_readable=Exists(visible.filter(pk=OuterRef("pk")))).select_related("given_by")
    is_replaced, order = bool(number) and number < application.copies_count, list(Authority)
    rows = sorted(rows, key=lambda row: order.index(row.authority))
    return tuple(_opinion_line(row, today, is_replaced) for row in rows)


def _opinion_line(row, today, is_replaced):
    hidden = row.given_at is not None and not row.is_readable
    state = row.application.state
    silence = "" if row.given_at else REPLACED if is_replaced else silence_of(state, row.due_on, today)
    return OpinionLine(
        id=row.id,
        authority=row.authority,
        authority_label=row.get_authority_display(),
        verdict="" if hidden else row.verdict,
        verdict_label="" if hidden else row.get_verdict_display(),
        motivation="" if hidden else row.motivation,
        due_on=row.due_on,
        given_at=row.given_at,
        giver="" if hidden or row.given_by is None else row.given_by.formal_name,
        silence=silence,
        is_confidential=row.is_confidential and not hidden,
        is_hidden=hidden,
        released_at=row.released_at,
        lifted_at=None if hidden else row.lifted_at,
        lifting_reason="" if hidden else row.lifting_reason,
    )


def summary_of(application, opinions=(), copy=None) -> ApplicationSummary:
    """From the last locked copy (`copy` when already read), else from the draft.

    `opinions`: the lines the reader may see (`opinion_lines`).
    """
    if copy is None and application.copies_count:
        copy = last_copy(application)
    lines = lines_of(copy.content) if copy else fixed_lines(application)
    by = {line.key: line.value for line in lines}
    return ApplicationSummary(
        id=application.id,
        school_name=application.school.full_name,
        call_title=application.call.title,
        title=by["titre"],
        project=by["projet"],
        ambitions=by.get("ambitions", ""),
        adhesion=by["equipe-adhesion"],
        teachers_council=by["conseil-maitres"],
        school_council=by["conseil-ecole"],
        state=application.state,
        state_label=application.get_state_display(),
        submitted_at=application.submitted_at,
        copies_count=application.copies_count,
        opinions=tuple(opinions),
    )
