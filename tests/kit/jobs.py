"""Jobs used by the schedule's tests; the queue finds them by their dotted path."""

from preau.kit.tasks import task

done = []


@task
def note(word):
    done.append(word)


@task
def note_turn():
    done.append("turn")


@task
def fail():
    done.append("failed")
    raise RuntimeError("as asked")
