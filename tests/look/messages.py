"""What each page of messages is looked at with: (template, route, who looks)."""

from django.urls import reverse
from django.utils.timezone import now

from preau.ent.mail import actions
from tests.ent.mail.acts import answer, begin


def talks(world):
    """A conversation of a family and one of colleagues, a report to follow and one to take up."""
    talk, between = begin(world), begin(world, "head", ("teacher",), child=None)
    for each in (talk, between):
        answer(world, each)
    said = {"reason": "insult", "words": "Encore une fois.", "now": now()}
    guardian, first = world.people["guardian"], talk.messages.get(number=2)
    made = actions.report_message(person=guardian, message=first, **said)
    actions.take_report(person=world.people["ien"], report=made, now=now())
    teacher, of_head = world.people["teacher"], between.messages.get(number=1)
    own = actions.report_message(person=teacher, message=of_head, **said)
    url = reverse("mail:write", args=[world.schools["tilleuls"].pk, guardian.pk])
    return {
        "conversation_id": talk.pk,
        "message_id": talk.messages.get(number=2).pk,
        "report_id": made.pk,
        "own_report": reverse("mail:report", args=[own.pk]),
        "to_report": reverse("mail:report_create", args=[talk.messages.get(number=1).pk]),
        "to_guardian": f"{url}?enfant={world.people['child_adam'].pk}",
        "correspondent_id": world.people["teacher"].pk,
    }


MAIL = (talks, (
    ("web/today/guardian.html", "/aujourdhui/", "guardian"),
    ("web/today/school.html", "/aujourdhui/", "head"),
    ("mail/inbox.html", "mail:inbox", "guardian teacher head pupil_cm2 city_education ien operator"),
    ("mail/choose.html", "mail:choose", "guardian teacher head ien pupil_cm2 city_education operator"),
    ("mail/write.html", "mail:write", "guardian city_education ien"),
    ("mail/write.html", "to_guardian", "teacher"),
    ("mail/who.html", "mail:who", "- guardian pupil_cm2 teacher city_education ien operator"),
    ("mail/conversation.html", "mail:conversation", "guardian teacher"),
    ("mail/report_new.html", "to_report", "teacher"),
    ("mail/reports.html", "mail:reports", "guardian ien city_education operator pupil_cm2 teacher"),
    ("mail/report.html", "mail:report", "guardian ien"),
    ("mail/report.html", "own_report", "teacher"),
))  # fmt: skip
