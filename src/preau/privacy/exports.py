"""All that Préau holds of one person, in one archive a person can open: JSON, a plain page, the files."""

import datetime
import io
import json
import zipfile

from django.core.files.storage import default_storage
from django.db.models import ForeignKey
from django.template.loader import render_to_string

from preau.kit.seals import unseal
from preau.people.models import Person
from preau.privacy.declarations import declared

ANOTHER = "une autre personne"


def export_person(subject: Person, now: datetime.datetime) -> bytes:
    """The bytes of a ZIP: `donnees.json`, `donnees.html`, `fichiers/…`. Complete, and nothing of anyone else."""
    tables, files = read_tables(subject)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        content = {"personne": subject.full_name, "fait_le": now.isoformat(), "tables": tables}
        archive.writestr("donnees.json", json.dumps(content, ensure_ascii=False, indent=1))
        page = {"subject": subject, "now": now, "tables": tables}
        archive.writestr("donnees.html", render_to_string("privacy/export.html", page))
        for name in sorted(files):
            with default_storage.open(name) as stream:
                archive.writestr(f"fichiers/{name}", stream.read())
    return out.getvalue()


def read_tables(subject: Person):
    """([{"table", "pourquoi", "duree", "lignes": [{label: value}]}], names of files)."""
    tables, files = [], set()
    for entry in declared():
        rows = list(entry.rows_given_to(subject.pk).order_by("pk"))
        if not rows:
            continue
        tables.append(
            {
                "table": entry.name,
                "pourquoi": entry.privacy.why,
                "duree": entry.privacy.keeps,
                "lignes": [_row(entry, row, subject) for row in rows],
            }
        )
        files.update(name for name in entry.file_names(rows) if default_storage.exists(name))
    return tables, files


def _row(entry, row, subject):
    values = {}
    for field in entry.model._meta.concrete_fields:
        if field.name in entry.privacy.hides or field.name == "sort_key":
            continue
        value = _value(field, row, subject)
        values[str(field.verbose_name)] = unseal(value) if value and field.name in entry.privacy.sealed else value
    return values


def _value(field, row, subject):
    raw = getattr(row, field.attname)
    if raw is None or raw == "":
        return ""
    if isinstance(field, ForeignKey) and field.related_model is Person:
        return subject.full_name if raw == subject.pk else ANOTHER
    if isinstance(field, ForeignKey):
        return _place(getattr(row, field.name))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(raw, datetime.datetime | datetime.date):
        return raw.isoformat()
    if isinstance(raw, bool):
        return "oui" if raw else "non"
    return raw if isinstance(raw, int | list | dict) else str(raw)


def _place(target):
    """A school or a class by its name; anything else by its key alone, which says nothing of others."""
    return target.name if hasattr(target, "name") else str(target.pk)
