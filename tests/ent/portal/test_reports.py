"""« Signaler » a comment or a pupil's text: to who must know of it, never to who is reported, hidden meanwhile."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.comments import actions as comments
from preau.ent.comments.models import Comment
from preau.ent.comments.rules import comments_to_read, comments_visible_to
from preau.ent.mail.models import Report
from preau.ent.mail.rules import reports_received_by
from preau.ent.writings import actions as writings
from preau.ent.writings.rules import writings_visible_to
from preau.kit.answers import Refused
from tests.ent.comments.acts import opened, said
from tests.ent.writings.acts import publish
from tests.world import TODAY

SECRET = "Canari-moquerie"


def shown(world, who, text=SECRET):
    """A comment that who reads the post reads."""
    comment = said(world, text, who)
    if comment.state != Comment.State.SHOWN:
        teacher = world.people["teacher"]
        comments.decide(person=teacher, comment=comment, is_shown=True, seen=comment.state, now=now())
    return Comment.objects.get(pk=comment.pk)


def send(world, who, what, thing, **more):
    client = world.sign_in(Client(), who)
    address = reverse(f"portal:{what}_report", args=[thing.pk])
    return client.post(address, {"reason": "insult", "words": "Cela me blesse."} | more, follow=True)


def reads(world, who, comment):
    return comments_visible_to(world.people[who], TODAY).filter(pk=comment.pk).exists()


def received_by(world):
    return {name for name, person in world.people.items() if person and reports_received_by(person, TODAY).exists()}


@pytest.mark.parametrize(
    "author, reporter, to",
    [("guardian", "guardian_other_family", {"head"}), ("teacher", "guardian", {"ien"}), ("head", "guardian", {"ien"})],
)
def test_a_comment_is_hidden_meanwhile_and_told_to_who_must_know(world, author, reporter, to):
    comment = shown(world, author)
    page = send(world, reporter, "comment", comment, hurts="on").content.decode()
    assert "C’est caché en attendant" in page and "tel:3018" in page and "tel:119" in page
    report = Report.objects.get()
    assert report.text == SECRET and report.about == world.people[author] and received_by(world) == to
    assert not reads(world, reporter, comment) and reads(world, author, comment)
    reported = world.sign_in(Client(), author).get(reverse("comments:discussion", args=[comment.publication_id]))
    assert "signalé, caché" not in reported.content.decode()


@pytest.mark.parametrize("what", ["comment", "writing"])
def test_who_receives_a_report_at_school_goes_to_where_it_was_said(world, what):
    thing, reporter = (shown(world, "guardian"), "guardian_other_family") if what == "comment" else (None, "head")
    thing = thing or publish(world, text=SECRET)
    send(world, reporter, what, thing, hurts="on")
    client, there = world.sign_in(Client(), "head"), reverse("portal:reported_thing", args=[thing.pk])
    assert f'href="{there}"' in client.get(reverse("mail:report", args=[Report.objects.get().pk])).content.decode()
    page = client.get(there, follow=True).content.decode()
    assert SECRET in page and ("Nous avons mélangé les couleurs." in page or what == "writing")
    for who in ("guardian_other_school", "pupil_other_school", "ien"):
        assert world.sign_in(Client(), who).get(there).status_code == 404, who


def test_a_report_that_leaves_the_school_leads_nowhere(world):
    comment = shown(world, "teacher")
    send(world, "guardian", "comment", comment)
    page = world.sign_in(Client(), "ien").get(reverse("mail:report", args=[Report.objects.get().pk]))
    assert page.status_code == 200 and "/signaler/lu/" not in page.content.decode()


def test_the_team_decides_of_what_is_hidden_and_never_of_its_own(world):
    comment = shown(world, "guardian")
    send(world, "guardian_other_family", "comment", comment, hurts="on")
    teacher = world.people["teacher"]
    assert comment in comments_to_read(teacher, TODAY)
    to_read = world.sign_in(Client(), "teacher").get(reverse("comments:to_read")).content.decode()
    assert "signalé, caché" in to_read
    comments.decide(person=teacher, comment=comment, is_shown=True, seen="waiting", now=now())
    assert reads(world, "guardian_other_family", comment)
    own = shown(world, "teacher", "Canari-remarque")
    send(world, "guardian", "comment", own, hurts="on")
    assert own not in comments_to_read(teacher, TODAY)
    with pytest.raises(Refused, match="Quelqu’un d’autre"):
        comments.decide(person=teacher, comment=own, is_shown=True, seen="waiting", now=now())
    comments.decide(person=world.people["head"], comment=own, is_shown=False, seen="waiting", now=now())


def test_what_hurts_nobody_stays_and_is_reported_once_by_each_and_never_by_its_author(world):
    comment = shown(world, "guardian")
    assert "Signalement envoyé. Sa suite" in send(world, "guardian_other_family", "comment", comment).content.decode()
    assert reads(world, "guardian_other_family", comment)
    again = send(world, "guardian_other_family", "comment", comment, hurts="on")
    assert again.status_code == 403 and "déjà signalé" in again.content.decode()
    assert send(world, "guardian", "comment", comment).status_code == 403
    assert Report.objects.count() == 1 and reads(world, "guardian_other_family", comment)
    waiting = said(world, "Canari-pas-relu", on=opened(world).publication)
    assert send(world, "guardian_other_family", "comment", waiting).status_code == 404  # not theirs to read
    assert send(world, "pupil_cm2", "comment", comment).status_code == 404


def test_a_pupil_s_text_is_hidden_until_the_team_puts_it_back(world):
    writing = publish(world, text=SECRET)
    send(world, "head", "writing", writing, hurts="on")
    assert Report.objects.get().to == "class" and received_by(world) == {"head", "teacher_other_class"}
    writing.refresh_from_db()
    writing.publication.refresh_from_db()
    assert writing.state == "withdrawn"
    pupil, teacher = world.people["pupil_cm2"], world.people["teacher_other_class"]
    with pytest.raises(Refused):
        writings.restore(person=pupil, writing=writing, now=now())
    writings.restore(person=teacher, writing=writing, now=now())
    assert writings_visible_to(pupil, TODAY).filter(publication__state="published").exists()
    for who, status in (("pupil_cm2", 403), ("teacher", 404), ("guardian", 404)):
        assert send(world, who, "writing", writing).status_code == status, who


def test_who_reports_is_not_told_who_wrote_what_they_read_unsigned(world):
    comment, text = shown(world, "guardian"), publish(world, text=SECRET)
    for who, what, thing, author in (
        ("guardian_other_family", "comment", comment, world.people["guardian"]),
        ("guardian_other_class", "writing", text, text.publication.author),
    ):
        page = send(world, who, what, thing).content.decode()
        assert SECRET in page and author.formal_name + "\n" not in page and f"{author.first_name} " not in page, what
        report = Report.objects.get(about=author)
        received = world.sign_in(Client(), "head").get(reverse("mail:report", args=[report.pk])).content.decode()
        assert author.formal_name + "\n" in received, what
