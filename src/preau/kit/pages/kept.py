"""What a process keeps so as not to make it again: bounded in bytes, the least recently used dropped first."""

from collections.abc import Callable, Hashable
from itertools import count
from threading import Lock

FILL = 0.9  # how full it is left once something had to be dropped


class Kept:
    """A cache bounded in bytes. `size` gives the bytes of a key and its value. A key must contain everything its value
    depends on: nothing expires."""

    def __init__(self, most_bytes: int, size: Callable):
        self.most_bytes, self.bytes = most_bytes, 0
        self._size, self._found, self._lock = size, {}, Lock()  # {key: [value, rank of its last use]}
        self._uses = count()

    def of(self, key: Hashable, make: Callable):
        """The value cached under this key, or the one that `make(key)` gives."""
        found = self._found.get(key)
        if found is None:  # another thread may make it meanwhile: the same
            found = self._keep(key, make(key))
        found[1] = next(self._uses)
        return found[0]

    def _keep(self, key, value):
        found = [value, next(self._uses)]
        with self._lock:
            if key not in self._found:
                self._found[key] = found
                self.bytes += self._size(key, value)
            if self.bytes > self.most_bytes:
                self._drop()
        return found

    def _drop(self):
        for key in sorted(self._found, key=lambda key: self._found[key][1]):
            if self.bytes <= self.most_bytes * FILL:
                return
            value, _ = self._found.pop(key)
            self.bytes -= self._size(key, value)

    def __len__(self):
        return len(self._found)
