"""What laboratories tell of a school, the gate of the deck (D17): a pilot, the COTECH's opinion, what the COPIL
decides."""

from datetime import date

from django.db.models import CharField
from django.db.models.functions import Cast

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.rooms.story import Chapter, Told, quoted
from preau.kit.rooms.told import lines
from preau.plan.applications.story import decided
from preau.plan.studies import rules
from preau.plan.studies.models import Outcome

PAGE = "studies:cohort_detail"


def _laboratories(school, person, today):
    seen = rules.cohorts_visible_to(person, today).filter(schools=school)
    yield lines(seen, "pilot", name="name", detail=Cast("ends_on", CharField()), day="starts_on")
    heard = rules.cohorts_followed_by(person, today).filter(schools=school, opinion_on__isnull=False)
    passed = seen.filter(decided_on__isnull=False)
    yield lines(heard, "pilot_heard", name="name", detail="opinion_number", more="opinion_text", day="opinion_on")
    told = {"name": "outcome", "detail": "decision_number", "more": "decision_reason"}
    yield lines(passed, "pilot_passed", day="decided_on", **told)


KINDS = {
    "pilot": Told(80, "city", PAGE, lambda line: f"Laboratoire{NBSP}: {line.name}",
                  lambda line: f"jusqu’au {day_text(date.fromisoformat(line.detail))}"),
    "pilot_heard": Told(90, "committee", PAGE,
                        lambda line: f"Avis du COTECH sur le laboratoire {quoted(line.name)}",
                        lambda line: decided(line.detail, line.more)),
    "pilot_passed": Told(100, "committee", PAGE,
                         lambda line: f"Laboratoire{NBSP}: le COPIL décide d’{Outcome(line.name).label}",
                         lambda line: decided(line.detail, line.more)),
}  # fmt: skip

STORY = (Chapter(_laboratories, KINDS),)
