"""A file written out line by line: what is locked, compared, printed."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from preau.kit.dates import day_text
from preau.plan.applications.models import SECTIONS, FormField
from preau.plan.applications.queries.attachments import chosen_and_joined, pieces_of

PIECES = "Pièces jointes"
FIXED_LABELS = {
    "titre": "Titre du projet", "projet": "Projet pédagogique et lien avec le projet d’école",
    "ambitions": "Ambitions servies", "equipe-adhesion": "Équipe engagée",
    "conseil-maitres": "Avis du conseil des maîtres", "conseil-ecole": "Information du conseil d’école",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One answer as it is read. `origin` is filled for what Préau knew by itself."""

    section: str
    key: str
    label: str
    value: str
    origin: str = ""

    @property
    def section_title(self) -> str:
        return SECTIONS[self.section]


@dataclass(frozen=True)
class Change:
    """One line that differs between two copies; an empty side is a line that was not there."""

    section_title: str
    label: str
    before: str
    after: str


def content_of(application, known) -> dict:
    """The whole file as a locked copy keeps it: {"form": number, "lines": [[section, key, label, value, origin]],
    "attachments": those of `chosen_and_joined`}; two reads."""
    lines = [Line(k.section, k.key, k.label, k.value, k.origin) for k in known]
    ambitions, pieces = chosen_and_joined(application)
    lines += fixed_lines(application, ambitions)
    written = application.sections.filter(section=OuterRef("section")).values("answers")
    for field in public_fields(application).annotate(answers=Subquery(written)):
        value = as_text(field, (field.answers or {}).get(field.key))
        lines.append(Line(field.section, field.key, field.label, value))
    order = list(SECTIONS)
    lines.sort(key=lambda line: order.index(line.section))  # stable: known, fixed, then the form's own order
    rows = [[x.section, x.key, x.label, x.value, x.origin] for x in lines]
    return {"form": application.call.form_revision.number, "lines": rows, "attachments": pieces}


def public_fields(application, section=""):
    """The questions put to the school, in order."""
    fields = application.call.form_revision.fields.put_to(application.school)
    fields = fields.filter(audience=FormField.Audience.PUBLIC).order_by("position", "id")
    return fields.filter(section=section) if section else fields


def fixed_lines(application, ambitions=None) -> list[Line]:
    """What every form asks, whatever its revision. `ambitions`: labels in their order, read here when not given."""
    if ambitions is None:
        ambitions = application.ambitions.order_by("kind", "position", "id").values_list("label", flat=True)
    team = ""
    if application.committed_count is not None and application.posts_count is not None:
        team = f"{application.committed_count} sur {application.posts_count}"
    values = {
        "titre": ("projet", application.title), "projet": ("projet", application.project),
        "ambitions": ("projet", ", ".join(ambitions)),
        "equipe-adhesion": ("equipe", team), "conseil-maitres": ("conseils", _day(application.teachers_council_on)),
        "conseil-ecole": ("conseils", _day(application.school_council_on)),
    }  # fmt: skip
    return [Line(section, key, FIXED_LABELS[key], value) for key, (section, value) in values.items()]


def _day(day):
    return day_text(day) if day else ""


def as_text(field, answer) -> str:
    """An answer as it is read; « » when there is none."""
    if answer is None or answer == "":
        return ""
    if field.kind == FormField.Kind.YES_NO:
        return "oui" if answer in (True, "oui") else "non"
    if isinstance(answer, list):
        return ", ".join(answer)
    return str(answer)


def lines_of(content: dict, sections=None) -> list[Line]:
    """The lines of a locked copy, of some sections only when given."""
    return [Line(*row) for row in content["lines"] if sections is None or row[0] in sections]


def differences(before: dict, after: dict, sections=None) -> list[Change]:
    """What changed from one locked copy to another, in the order of the later one."""
    old = {line.key: line for line in lines_of(before, sections)}
    new = {line.key: line for line in lines_of(after, sections)}
    changes = []
    for key, line in new.items():
        was = old[key].value if key in old else ""
        if was != line.value:
            changes.append(Change(line.section_title, line.label, was, line.value))
    gone = [line for key, line in old.items() if key not in new and line.value]
    changes += [Change(line.section_title, line.label, line.value, "") for line in gone]
    return changes + _pieces_changed(pieces_of(before, sections), pieces_of(after, sections))


def _pieces_changed(before, after):
    """Pieces added, then those taken out: a piece never changes."""
    added = [piece for piece in after if piece not in before]
    gone = [piece for piece in before if piece not in after]
    return [Change(PIECES, piece.label, "", piece.says) for piece in added] + [
        Change(PIECES, piece.label, piece.says, "") for piece in gone
    ]
