"""What each page of pupils' texts is looked at with: (template, route, who looks)."""

from django.urls import reverse
from django.utils.timezone import now

from preau.ent.writings import actions
from preau.media.models import Accord, Perimeter
from tests.ent.writings.acts import PUPIL, TEACHER, agree, as_read, begin, give, give_back, publish


def texts(world):
    """One of each state, one in the newspaper, a subject answered."""
    draft, waiting, back = begin(world), give(world, title="La ferme"), give_back(world, drawn=True)
    agree(world, Accord.Answer.YES, Perimeter.CLASS, kind=Accord.Kind.IMAGE)
    shown = publish(world, title="La mer", drawn=True)
    agree(world, Accord.Answer.NO, Perimeter.CLASS, kind=Accord.Kind.IMAGE)  # to look at again
    paper = publish(world, title="Le vent")
    subject = publish(world, title="Un coin pour lire", purpose="council")
    teacher = world.people[TEACHER]
    actions.put_in_journal(person=teacher, writing=paper, is_in=True, now=now())
    answer = {"answer": "Oui, en mai.", "version": as_read(subject)["version"]}
    actions.answer_subject(person=teacher, writing=subject, **answer, now=now())
    room = world.classrooms["cm2"].pk
    return {
        "draft": reverse("writings:writing_edit", args=[draft.pk]),
        "back": reverse("writings:writing_edit", args=[back.pk]),
        "waiting": reverse("writings:writing_detail", args=[waiting.pk]),
        "shown": reverse("writings:writing_detail", args=[shown.pk]),
        "review": reverse("writings:review", args=[waiting.pk]),
        "answer": reverse("writings:council_answer", args=[subject.pk]),
        "texts": reverse("writings:classroom_writings", args=[room]),
        "council": reverse("writings:classroom_council", args=[room]),
    }


WRITINGS = (texts, (
    ("web/today/pupil.html", "/aujourdhui/", PUPIL),
    ("web/today/school.html", "/aujourdhui/", TEACHER),
    ("writings/mine.html", "writings:mine", PUPIL),
    ("writings/write.html", "writings:writing_create", PUPIL),
    ("writings/write.html", "draft", PUPIL),
    ("writings/write.html", "back", PUPIL),
    ("writings/writing_detail.html", "waiting", PUPIL),
    ("writings/writing_detail.html", "shown", f"{PUPIL} {TEACHER} guardian_other_class"),
    ("writings/classroom.html", "texts", f"{TEACHER} head"),
    ("writings/review.html", "review", TEACHER),
    ("writings/council.html", "council", f"{PUPIL} {TEACHER} guardian_other_class"),
    ("kit/form_page.html", "answer", TEACHER),
    ("writings/journal.html", "writings:school_journal", f"{PUPIL} guardian head"),
))  # fmt: skip
