"""What committees decided about an ambition."""

from django.db.models import CharField
from django.db.models.functions import Cast

from preau.kit.rooms.story import Chapter, Told
from preau.kit.rooms.told import lines
from preau.plan.governance import rules
from preau.plan.governance.models import Result


def _decisions(ambition, person, today):
    decisions = rules.decisions_visible_to(person, today).filter(ambitions=ambition)
    number = Cast("sequence", CharField())
    yield lines(decisions, "decided", name="text", detail="result", more=number, day="decided_on")


def _number(line):
    return f"{Result(line.detail).label}, décision {line.day.year}-{int(line.more):02d}"


DECIDED = Told(20, "committee", "governance:decision_detail", lambda line: line.name, _number)

AMBITION_STORY = (Chapter(_decisions, {"decided": DECIDED}),)
