"""A stack for the frames of a test, as large as they need.

Python 3.11 and later keep the frames of a thread in pieces of 16 kB, asked of the system and given back one by one. A
test stands on some ninety frames of pytest and of Django: where a piece ends below a loop, each turn asks for one, has
it cleared and gives it back, and a sixth of the matrix went there. A function that says it needs much gets one large
piece, and those it calls find their place in the rest of it: the system gives memory to what is written alone.
"""

SLOTS = 1 << 17  # of eight bytes: Python asks for twice as much, and half of it is left


def roomy(function, *args, **kwargs):
    """Calls it on a large piece of stack."""
    return function(*args, **kwargs)


roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
