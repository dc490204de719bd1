"""Two acts at the same instant, each in a thread and a transaction of its own."""

import threading

from django.db import DatabaseError, connection

from preau.kit.answers import Conflict

PATIENCE = 1  # seconds that the first waits for the other


def meeting(monkeypatch):
    """`meet(module, name)`: before this function, or `after` it, an act waits a moment for the other to be as far."""
    both = threading.Barrier(2)

    def wait():
        try:
            both.wait(timeout=PATIENCE)
        except threading.BrokenBarrierError:
            pass  # the other waits for its turn, as it should

    def meet(module, name, after=False):
        real = getattr(module, name)

        def met(*words, **named):
            if after:
                return (real(*words, **named), wait())[0]
            wait()
            return real(*words, **named)

        monkeypatch.setattr(module, name, met)

    return meet


def at_once(*acts):
    """What stopped any of these acts."""
    faults = []

    def run(act):
        try:
            act()
        except (Conflict, DatabaseError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return faults
