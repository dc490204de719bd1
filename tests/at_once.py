"""Two acts at the same instant, each in a thread and a transaction of its own."""

import threading

from django.db import OperationalError, connection

from preau.kit.answers import Conflict


def at_once(monkeypatch, module, place, *acts):
    """What stopped any of these acts; each waits a moment at this function of `module` for the other to be as far."""
    both, faults, real = threading.Barrier(2), [], getattr(module, place)

    def meet(*words, **named):
        try:
            both.wait(timeout=0.5)
        except threading.BrokenBarrierError:
            pass  # the other waits for its turn, as it should
        return real(*words, **named)

    def run(act):
        try:
            act()
        except (Conflict, OperationalError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    monkeypatch.setattr(module, place, meet)
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return faults
