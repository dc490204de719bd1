"""Files stored with the rows that name them: those of an action that fails are deleted again.

A process killed in the middle deletes nothing: `privacy.actions.sweep_files` finds, a day later, what no row holds.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

_stored = ContextVar("names stored by the action under way", default=None)


def store(path: str, content: bytes | File) -> str:
    """Stores a file, or its bytes, in an action marked `with_its_files`. Returns the name it has."""
    name = default_storage.save(path, ContentFile(content) if isinstance(content, bytes) else content)
    _stored.get().append(name)
    return name


@contextmanager
def with_its_files():
    """Around `transaction.atomic` on an action that stores files: an error, even of its commit, deletes them.

    Inside another such action, they follow that one.
    """
    outer, mine = _stored.get(), []
    mark = _stored.set(mine)
    try:
        yield
    except BaseException:
        for name in mine:
            default_storage.delete(name)
        raise
    else:
        if outer is not None:
            outer += mine
    finally:
        _stored.reset(mark)
