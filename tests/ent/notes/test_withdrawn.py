"""The family of a mot that was withdrawn is told whom to ask why; nobody else learns that there was one."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import actions
from preau.ent.notes.actions import Target
from tests.ent.notes.acts import send

pytestmark = pytest.mark.django_db
CLASS, HEAD = "demandez à l’enseignante ou à l’enseignant de la classe.", "demandez à la direction de l’école."


def opened(world, client, who, note):
    return world.sign_in(client, who).get(reverse("notes:note_detail", args=[note.pk]))


@pytest.mark.parametrize(
    ("author", "room", "by", "asked"),
    [
        ("teacher", "cpb", "teacher", CLASS),
        ("teacher", "cpb", "head", HEAD),  # the class may not know why
        ("head", None, "head", HEAD),
    ],
)
def test_a_family_reads_whom_to_ask_of_a_mot_withdrawn(world, client, author, room, by, asked):
    note = send(world, author, **({"room": room} if room else {"targets": [Target(world.schools["tilleuls"])]}))
    actions.withdraw_note(person=world.people[by], note=note, now=now())
    told = opened(world, client, "guardian", note)
    assert told.status_code == 403 and asked in told.text and (asked == CLASS or CLASS not in told.text)
    assert note.title not in told.text and note.text not in told.text


def test_in_the_language_of_who_reads_and_what_they_were_answering_comes_back(world, client):
    note, guardian = send(world), world.people["guardian"]
    actions.withdraw_note(person=world.people["teacher"], note=note, now=now())
    guardian.reading_language = "ar"
    guardian.save()
    assert '<p class="lead">سُحبت هذه المراسلة' in opened(world, client, "guardian", note).text
    answer = reverse("notes:answer_create", args=[note.pk, world.people["child_adam"].pk])
    sent = client.post(answer, {"version": "1", "text": "Adam viendra en bus."})
    assert sent.status_code == 403 and "سُحبت" in sent.text and "Adam viendra en bus." in sent.text


@pytest.mark.parametrize("who", ["guardian_other_class", "teacher_other_class", "city_education", "pupil_cm2"])
def test_whom_it_never_reached_learns_nothing(world, client, who):
    note = send(world)
    actions.withdraw_note(person=world.people["teacher"], note=note, now=now())
    told = opened(world, client, who, note)
    assert told.status_code == 404 and "demandez" not in told.text and note.title not in told.text


def test_who_sent_it_is_not_told_of_what_families_may_ask_of_it(world, client):
    note = send(world, question="Que faut-il mettre dans le sac ?")
    assert "À demander à la maison" in opened(world, client, "teacher", note).text
    actions.withdraw_note(person=world.people["teacher"], note=note, now=now())
    told = opened(world, client, "teacher", note).text
    assert "Aucune famille ne le voit." in told and "À demander à la maison" not in told
