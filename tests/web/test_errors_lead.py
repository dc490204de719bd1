"""What a form says is wrong leads to the field that is wrong."""

import re

import pytest
from django.urls import reverse

from tests.ent.homework.test_week import week_of
from tests.ent.mail.acts import begin
from tests.ent.notes.acts import send
from tests.ent.portal.test_reports import shown
from tests.world import add_child

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<li><a href="#([^"]+)">')


def lesson(world):
    return "teacher", week_of(world), {}


def absence(world):
    return "guardian", reverse("attendance:tell"), {"part": "all"}


def message(world):
    child = world.people["child_adam"].pk
    url = reverse("mail:write", args=[world.schools["tilleuls"].pk, world.people["teacher"].pk])
    return "guardian", f"{url}?enfant={child}", {"text": "a" * 3001}


def report_of_a_message(world):
    made = begin(world, "teacher", ("guardian",), text="Bonjour").messages.get()
    return "guardian", reverse("mail:report_create", args=[made.pk]), {}


def report_of_a_comment(world):
    return "guardian_coparent", reverse("portal:comment_report", args=[shown(world, "guardian").pk]), {}


def answer(nature, said):
    def asked(world):
        add_child(world, "child_twin", "cpb", "CP", ["guardian"])
        note = send(world, nature=nature, choices=["Lundi", "Mardi"])
        url = reverse("notes:answer_create", args=[note.pk, world.people["child_twin"].pk])
        return "guardian", url, {"version": note.version} | said

    asked.__name__ = f"answer_{nature}"
    return asked


CASES = [
    lesson, absence, message, report_of_a_message, report_of_a_comment,
    answer("date", {"on_date": "demain"}), answer("text", {"text": "a" * 501}), answer("choice", {"choice": "Jeudi"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_each_line_leads_to_a_field_of_the_page(world, client, case):
    name, url, said = case(world)
    answered = world.sign_in(client, name).post(url, said)
    page = answered.content.decode()
    links, ids = LINK.findall(page), re.findall(r'\bid="(id_[^"]+)"', page)
    assert answered.status_code == 422 and links
    assert [link for link in links if link not in ids] == []
    assert len(ids) == len(set(ids)), "two children of one class, each with a form"
