"""What a process keeps so as not to make it again: bounded in bytes, the least recently used dropped first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Kept:
    """A cache bounded in bytes. `size` gives the bytes of a key and its value. A key must contain everything its value
    depends on: nothing expires."""

    def __init__(self, most_bytes: int, size: Callable):
        self.most_bytes, self.bytes = most_bytes, 0
        self._size, self._found, self._lock = size, OrderedDict(), Lock()

    def of(self, key: Hashable, make: Callable):
        """The value cached under this key, or the one that `make(key)` gives."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        value = make(key)
        with self._lock:
            if key not in self._found:  # another thread may have made it meanwhile
                self._found[key] = value
                self.bytes += self._size(key, value)
            while self.bytes > self.most_bytes:
                self.bytes -= self._size(*self._found.popitem(last=False))
        return value

    def __len__(self):
        return len(self._found)
