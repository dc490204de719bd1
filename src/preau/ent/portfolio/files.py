"""Gives pictures, voices and whole notebooks, to whom the rules let have them at this instant (kit/files.py)."""

from functools import partial

from django.utils.timezone import localdate

from preau.ent.portfolio import rules
from preau.ent.portfolio.archive import file_name
from preau.kit.files import FileGiver, Given
from preau.media.queries import give
from preau.people.models import Person

PIECE, SMALL, PDF, ZIP = "cahier", "cahier-vignette", "cahier-pdf", "cahier-zip"


def given_whole(kind: str, person: Person | None, takeaway_id) -> Given | None:
    """The PDF or the archive of a notebook that is ready."""
    if person is None:
        return None
    ready = rules.takeaways_visible_to(person, localdate()).filter(pk=takeaway_id, ready_at__isnull=False)
    takeaway = ready.select_related("child").first()
    if takeaway is None:
        return None
    path, ending = (takeaway.pdf_path, "pdf") if kind == PDF else (takeaway.zip_path, "zip")
    return Given(path, f"{file_name(takeaway.child)}.{ending}")


def give_whole(kind: str, person_id, takeaway_id) -> Given | None:
    """The same, by the person's id."""
    return given_whole(kind, Person.objects.filter(pk=person_id, account__is_active=True).first(), takeaway_id)


GIVEN = (
    FileGiver(PIECE, partial(give, rules.pieces_visible_to, shown="path")),
    FileGiver(SMALL, partial(give, rules.pieces_visible_to, shown="small_path")),
    FileGiver(PDF, partial(give_whole, PDF)),
    FileGiver(ZIP, partial(give_whole, ZIP)),
)
