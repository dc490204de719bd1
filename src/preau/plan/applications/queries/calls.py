"""Calls and their forms, read."""

from dataclasses import dataclass

from django.db.models import Count, Q

from preau.plan.applications.models import SECTIONS, Call, FormField
from preau.plan.applications.queries.copies import Change

NOTHING = ("", "", "sans aide", "", "sans choix", "", "", "")  # what an empty part of a question reads


@dataclass(frozen=True)
class CallLine:
    """A call as a list shows it; `filed_count` counts every file filed, read or not: a number betrays no school."""

    call: Call
    filed_count: int
    is_open: bool


def call_lines(calls, now) -> list[CallLine]:
    """Newest first; one read."""
    rows = with_filed_count(calls.select_related("city"))
    return [CallLine(row, row.filed_count, row.is_open(now)) for row in rows.order_by("-opens_at", "-id")]


def with_filed_count(calls):
    """Each with `filed_count`."""
    return calls.annotate(filed_count=Count("applications", filter=Q(applications__copies_count__gte=1)))


def sections_of(revision) -> list[tuple[str, list[FormField]]]:
    """(section title, its questions in order), sections without a question too; one read."""
    fields = list(revision.fields.order_by("position", "id"))
    return [(title, [f for f in fields if f.section == section]) for section, title in SECTIONS.items()]


def question_rows(revision) -> list[tuple]:
    """(section, question, hint, kind, choices, « oui » when asked at the deposit, levels, audience), as the form's page
    has them; no read when its fields are known."""
    order, fields = list(SECTIONS), revision.fields.all()
    fields = sorted(fields, key=lambda f: (order.index(f.section), f.position, f.pk))
    return [_parts(field, "oui", "non") for field in fields]


def field_changes(before, after) -> list[Change]:
    """What changed from one version of the form to another, section by section in the order of the form: questions
    changed (what they do not share) or new, those that went, then the order of those that stay; two reads."""
    old, new = ({f.key: f for f in revision.fields.order_by("position", "id")} for revision in (before, after))
    changes = []
    for key, field in new.items():
        if key not in old:
            changes.append(Change(SECTIONS[field.section], field.label, "", _words(field)))
        elif was := _words(old[key], field):
            changes.append(Change(SECTIONS[field.section], field.label, was, _words(field, old[key])))
    changes += [Change(SECTIONS[f.section], f.label, _words(f), "") for key, f in old.items() if key not in new]
    for section, title in SECTIONS.items():
        stay = [key for key in new if key in old and old[key].section == new[key].section == section]
        were = [key for key in old if key in stay]
        if were != stay:
            orders = ("\n".join(new[key].label for key in keys) for keys in (were, stay))
            changes.append(Change(title, "Ordre des questions", *orders))
    order = list(SECTIONS.values())
    return sorted(changes, key=lambda change: order.index(change.section_title))


def _words(field, other=None) -> str:
    """What a reader sees of a question under its label, or only what it does not share with `other`."""
    if other is None:
        return " · ".join(filter(None, _parts(field)[2:]))
    parts = zip(_parts(field), _parts(other), NOTHING, strict=True)
    return " · ".join(mine or nothing for mine, theirs, nothing in parts if mine != theirs)


def _parts(field, asked="obligatoire", left="facultatif"):
    return (
        SECTIONS[field.section],
        field.label,
        field.hint,
        field.get_kind_display(),
        ", ".join(field.choices),
        asked if field.is_required else left,
        field.get_levels_display(),
        field.get_audience_display(),
    )
