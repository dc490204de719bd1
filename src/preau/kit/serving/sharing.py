"""What the processes forked from this one only read stays in memory once; what each freed goes back to the system.

Python counts the references to an object in the object itself: to read it is to write on its page of memory, which the
system then copies for the process that reads. Objects made immortal (PEP 683) are counted no longer.
"""

import ctypes
import gc
import sys
from types import CodeType, CoroutineType, FrameType, GeneratorType

IMMORTAL = 0xFFFFFFFF  # the count that says so, on 64 bits
SET_COUNT = "_Py_SetRefcnt"  # what Py_SET_REFCNT, of the documented C API, calls
UNDER_WAY = (FrameType, GeneratorType, CoroutineType)  # they change as they run
OF_CODE = ("co_consts", "co_names", "co_linetable", "co_exceptiontable", "co_filename", "co_name", "co_qualname")
TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc


def give_back():
    """What was freed between two things still held, which the C library keeps otherwise: a fifth of a millisecond."""
    if TRIM:
        TRIM(0)


def keep_for_good():
    """Everything that is there now: it is neither counted nor collected any more, here and in what is forked."""
    gc.collect()
    if sys.maxsize > IMMORTAL and hasattr(ctypes.pythonapi, SET_COUNT):
        _make_immortal(gc.get_objects())
    gc.freeze()


def _make_immortal(objects):
    """These, and what they hold that the collector does not know: words, numbers, code."""
    set_count = getattr(ctypes.pythonapi, SET_COUNT)
    set_count.argtypes, set_count.restype = (ctypes.c_void_p, ctypes.c_ssize_t), None
    for each in objects:
        if type(each) in UNDER_WAY:
            continue
        set_count(id(each), IMMORTAL)
        held = [one for one in gc.get_referents(each) if not gc.is_tracked(one)]
        while held:
            one = held.pop()
            if sys.getrefcount(one) >= IMMORTAL:
                continue
            set_count(id(one), IMMORTAL)
            held += [getattr(one, name) for name in OF_CODE] if type(one) is CodeType else gc.get_referents(one)
