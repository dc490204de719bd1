"""Columns found by their label, whatever its case, accents, apostrophe, stars and spaces."""

from preau.kit.names import name_key

BOM = "\ufeff"


def header_key(label: str) -> str:
    """« ␠Nom d’usage  Élève * » becomes « nom d usage eleve »."""
    return name_key(label.replace(BOM, ""))


def fields_of(labels) -> dict[str, str]:
    """{key of a label: field}, from {field: labels it may bear}."""
    return {header_key(label): field for field, known in labels.items() for label in known}


def find_columns(header, labels) -> tuple[dict[str, int], list[str]]:
    """Places of known columns, and the labels that nobody knows.

    `labels` maps a field to the labels it may bear. Returns ({field: first position}, [unknown labels]).
    """
    fields = fields_of(labels)
    found, unknown = {}, []
    for position, label in enumerate(header):
        field = fields.get(header_key(label))
        if field is not None:
            found.setdefault(field, position)
        elif label.strip():
            unknown.append(label.strip())
    return found, unknown
