"""The pages of a PDF that is read already, drawn for who must not save it: a tablet that the next pupil uses."""

from django.core.files.storage import default_storage
from django.db import transaction

from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import documents
from preau.media.actions.files import store_anew
from preau.media.documents import NotADocument
from preau.media.models import Joined


def draw_pages(*, joined: Joined, most: int) -> bool:
    """Draws them beside it, seconds, before its row is locked, and says how many in its `drawn_count`: 0 for good when
    it has more than `most`, or cannot be drawn. False when it is gone, or was drawn meanwhile."""
    pages = _drawn(joined) if 0 < (joined.pages_count or 0) <= most else ()
    try:
        return _keep(joined=joined, pages=pages)
    except Conflict:
        return False


def _drawn(joined):
    try:
        with default_storage.open(joined.path) as file:
            return documents.drawn(file.read(), joined.pages_count)
    except (NotADocument, FileNotFoundError):
        return ()


@with_its_files()
@transaction.atomic
def _keep(*, joined, pages):
    joined = lock(joined)
    if joined.drawn_count is not None or not joined.ready_at:
        return False
    for number, page in enumerate(pages, 1):
        joined.weight += len(page)
        store_anew(path=joined.page_path(number), content=page)
    joined.drawn_count = len(pages)
    joined.save(update_fields=["weight", "drawn_count"])
    return True
