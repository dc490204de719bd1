"""To many: a number typed, a minute to cancel. What is urgent leaves at once, what is only to read in the evening."""

import datetime
import re
import uuid

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import actions, rules
from preau.ent.notes.actions import Target
from preau.ent.notes.models import Note
from preau.journal.models import Detail
from preau.kit import mail
from preau.kit.answers import Conflict, Refused
from preau.kit.models import Outgoing
from preau.media.documents import Document
from preau.notify import actions as notify
from preau.notify import queries as told
from preau.notify.models import Notice, Telling
from preau.people.models import Account
from preau.spaces import actions as spaces
from preau.spaces.models import Publication
from tests.ent.notes.acts import send
from tests.notify.told import at
from tests.world import TODAY

pytestmark = pytest.mark.django_db
SAID = {"title": "Cantine", "text": "La cantine est fermée.", "nature": "see", "classes": ["all"]}
SECOND = datetime.timedelta(seconds=1)


def page(world, client, name, note, who="head"):
    return world.sign_in(client, who).get(reverse(f"notes:{name}", args=[note.pk]))


def written(world, client, **more):
    """A mot of the head to every class, by the page."""
    url = reverse("notes:school_write", args=[world.schools["tilleuls"].pk])
    sent = world.sign_in(client, "head").post(url, SAID | more)
    note = Note.objects.latest("id")
    assert sent.headers["Location"] == reverse("notes:sending_create", args=[note.pk])
    return note


def test_a_mot_of_a_school_is_for_all_its_classes_unless_others_are_chosen(world, client):
    """As its page says beside: « pour les responsables de 5 élèves »."""
    url = reverse("notes:school_write", args=[world.schools["tilleuls"].pk])
    boxes = re.findall(r'<input[^>]*name="classes"[^>]*>', world.sign_in(client, "head").get(url).content.decode())
    assert len(boxes) == 4 and [box for box in boxes if " checked" in box] == [box for box in boxes if '"all"' in box]


def prepared(world):
    targets = [Target(world.classrooms["cpb"]), Target(world.classrooms["cm2"])]
    said = {"title": "Cantine", "text": "La cantine est fermée.", "nature": "see"}
    return actions.send_note(person=world.people["head"], targets=targets, now=now(), **said)


def with_addresses(world, *names):
    for name in names:
        given = {"email": f"{name}@famille.example", "email_confirmed_at": now()}
        Account.objects.filter(person=world.people[name]).update(**given)


def test_a_mot_to_several_classes_leaves_a_minute_after_its_number_was_typed(world, client):
    with_addresses(world, "guardian")
    note = written(world, client)
    shown = re.sub(r"[ \n]+", " ", page(world, client, "sending_create", note).content.decode())
    for said in (
        "5\u00a0élèves",
        "Canari-classe-cpb",
        "1\u00a0responsable par le courriel du soir",
        "La cantine est fermée.",
    ):
        assert said in shown, said
    send_url = reverse("notes:sending_create", args=[note.pk])
    wrong = client.post(send_url, {"pupils_count": 12})
    assert wrong.status_code == 422 and "5\u00a0élèves" in wrong.content.decode()
    assert actions.publish_due(now=now() + datetime.timedelta(days=1)) == 0  # nobody confirmed it
    assert client.post(send_url, {"pupils_count": "5"}).status_code == 302
    assert "Annuler l’envoi" in page(world, client, "note_detail", note).content.decode()
    assert page(world, client, "note_detail", note, "guardian").status_code == 404  # nothing left
    note.refresh_from_db()
    assert actions.publish_due(now=note.confirmed_at + 59 * SECOND) == 0 and not Notice.objects.exists()
    assert actions.publish_due(now=note.confirmed_at + 60 * SECOND) == 1
    assert page(world, client, "note_detail", note, "guardian").status_code == 200


@pytest.mark.parametrize(
    ("level", "says", "is_silent_of"),
    [
        ("info", "Le courriel du soir partira", "notification"),
        ("sign", "Le courriel, la notification ou le SMS", "soir"),
    ],
)
def test_what_is_said_of_the_hours_names_the_ways_of_its_level(world, level, says, is_silent_of):
    text = told.warned_text(world.classrooms["cpb"], at(-2, 12), level)
    assert text.startswith(says) and is_silent_of not in text


def test_cancelled_within_the_minute_nothing_leaves_and_nothing_is_lost(world, client):
    note = written(world, client)
    world.sign_in(client, "head").post(reverse("notes:sending_create", args=[note.pk]), {"pupils_count": 5})
    assert client.post(reverse("notes:sending_end", args=[note.pk])).status_code == 302
    assert actions.publish_due(now=now() + datetime.timedelta(hours=1)) == 0
    assert not Notice.objects.exists() and Note.objects.get().title == "Cantine"
    assert "Relire et envoyer" in page(world, client, "note_detail", note).content.decode()
    actions.confirm_sending(
        person=world.people["head"], note=note, pupils_count=5, has_shown_factor=True, now=now() - 61 * SECOND
    )
    assert actions.publish_due(now=now()) == 1
    late = client.post(reverse("notes:sending_end", args=[note.pk]))
    assert late.status_code == 403 and "trop tard" in late.content.decode()
    assert Publication.objects.get(pk=note.publication_id).state == "published"


def test_a_mot_to_many_guardians_of_one_class_is_confirmed_too(world, monkeypatch):
    monkeypatch.setattr("preau.ent.notes.queries.reach.MANY_GUARDIANS", 3)
    targets = [Target(world.classrooms["cpb"])]
    said = {"title": "Cantine", "text": "Fermée.", "nature": "see", "now": now()}
    note = actions.send_note(person=world.people["teacher"], targets=targets, **said)
    assert note.confirmed_at is None and not Notice.objects.exists()
    with pytest.raises(Refused):
        actions.confirm_sending(
            person=world.people["teacher_other_class"], note=note, pupils_count=2, has_shown_factor=True, now=now()
        )


def test_a_stopped_place_is_said_before_the_minute_and_a_mot_stopped_meanwhile_stays_a_draft(world):
    note, head, cpb = prepared(world), world.people["head"], world.classrooms["cpb"]
    actions.confirm_sending(person=head, note=note, pupils_count=4, has_shown_factor=True, now=now())
    other = send(world, "teacher_other_class", "cm2", due_at=now() + 5 * SECOND)
    stop = spaces.stop_place(person=head, place=cpb, readers=["families"], why="check", now=now())[0]
    assert actions.publish_due(now=now() + 61 * SECOND) == 1  # the others leave all the same
    note.refresh_from_db()
    assert note.due_at is None and Notice.objects.get().publication.note == other
    with pytest.raises(Conflict, match="Rien n’est publié"):
        actions.confirm_sending(person=head, note=note, pupils_count=4, has_shown_factor=True, now=now())
    spaces.start_again(person=head, stop=stop, now=now())
    assert actions.confirm_sending(person=head, note=note, pupils_count=4, has_shown_factor=True, now=now()).is_leaving


def test_only_who_may_is_offered_urgency_and_its_reason_is_kept(world, client):
    url = reverse("notes:classroom_write", args=[world.classrooms["cpb"].pk])
    urgent = {
        "classes": [str(world.classrooms["cpb"].pk)],
        "title": "Fuite",
        "text": "L’école ferme.",
        "nature": "sign",
        "urgent": "on",
    }
    assert "urgent" not in world.sign_in(client, "teacher").get(url).content.decode()
    client.post(url, urgent | {"urgent_reason": "Fuite de gaz"})
    assert Notice.objects.get().level == "sign"  # what no page offered is not read
    assert "C’est urgent" in world.sign_in(client, "head").get(url).content.decode()
    unsaid = client.post(url, urgent)
    assert unsaid.status_code == 422 and "pourquoi c’est urgent" in unsaid.content.decode()
    later = client.post(url, urgent | {"urgent_reason": "Gaz", "due_on": "2099-01-05"})
    assert later.status_code == 422 and "part tout de suite" in later.content.decode()
    client.post(url, urgent | {"urgent_reason": "Fuite de gaz"})
    note = Note.objects.latest("id")
    assert note.publication.notice.level == "urgent" and {"raison": "Fuite de gaz"} in Detail.objects.values_list(
        "values", flat=True
    )
    assert "Fuite de gaz" in page(world, client, "note_detail", note).content.decode()
    assert "Fuite de gaz" not in page(world, client, "note_detail", note, "guardian").content.decode()
    world.sign_in(client, "head").post(url, urgent | {"urgent_reason": "Encore"})
    third = client.post(url, urgent | {"urgent_reason": "Toujours"})
    assert third.status_code == 422 and "Deux urgences sont déjà parties" in third.content.decode()
    with pytest.raises(Refused, match="direction"):
        send(world, urgent_reason="Un goûter")


def leave(note, moment):
    """What its jobs do, at that instant."""
    Notice.objects.filter(publication=note.publication).delete()
    Publication.objects.filter(pk=note.publication_id).update(published_at=moment)
    note.publication.refresh_from_db()
    notice = notify.announce(
        publication=note.publication,
        person=note.publication.author,
        now=moment,
        level=note.level,
        reason=note.urgent_reason,
    )
    notify.freeze(notice_id=notice.pk, now=moment)
    notify.tell(notice_id=notice.pk, now=moment)
    return Notice.objects.get(pk=notice.pk)


@pytest.mark.parametrize(
    ("level", "leaves"),
    [("sign", at(0, 7)), ("see", at(0, 17, 30)), ("urgent", at(-2, 12))],
)
def test_on_a_saturday_each_level_leaves_at_its_hour(mailed, level, leaves):
    more = {"nature": "see"} if level == "see" else {"urgent_reason": "Gaz"} if level == "urgent" else {}
    note = send(mailed, "head", **more)
    notice = leave(note, at(-2, 12))
    assert notice.leaves_at == leaves
    assert mail.send_due(now=leaves - SECOND) == 0
    assert mail.send_due(now=leaves + 10 * 60 * SECOND) == 3
    place, text = mailed.classrooms["cpb"], told.leaves_text(mailed.classrooms["cpb"], at(-2, 12), note.level)
    assert ("lundi" in text) is (level != "urgent") and place == note.publication.place


def test_mots_only_to_read_make_one_mail_an_evening_and_no_push(mailed):
    notices = [leave(send(mailed, nature="see", title=f"Mot {each}"), at(0, hour)) for each, hour in ((1, 9), (2, 11))]
    assert told.leaves_text(mailed.classrooms["cpb"], at(0, 11), "info") == "Partira aujourd’hui à 17\u00a0h\u00a030."
    assert set(Outgoing.objects.values_list("kind", flat=True)) == {"notify.evening"}
    notify.mark_seen(publication=notices[0].publication, person=mailed.people["guardian"], now=at(0, 12))
    for notice in notices:
        notify.mark_seen(publication=notice.publication, person=mailed.people["guardian_coparent"], now=at(0, 12))
    assert mail.send_due(now=at(0, 17, 41)) == 2 and notify.tell_evening(now=at(0, 17, 42)) == 0
    said = {letter.to[0].split("@")[0]: letter.subject for letter in django_mail.outbox}
    assert said == {
        "guardian": "Préau\u00a0: un message à lire",
        "guardian_other_family": "Préau\u00a0: 2\u00a0messages à lire",
    }
    assert Telling.objects.filter(way="mail", end="left").count() == 3
    leave(send(mailed, nature="see", title="Mot 3"), at(0, 17, 45))  # the next evening, and only it
    assert mail.send_due(now=at(1, 17, 41)) == 3
    assert django_mail.outbox[-1].subject.endswith("un message à lire")


def test_who_asks_for_every_evening_has_one_mail_with_its_mots(mailed):
    guardian = mailed.people["guardian"]
    guardian.refresh_from_db()
    notify.choose_evening(person=guardian, wants=True, now=at(-9, 12))
    leave(send(mailed, nature="see"), at(0, 9))
    notify.tell_evening(now=at(0, 17, 30))
    mail.send_due(now=at(0, 17, 41))
    assert [each.subject for each in django_mail.outbox if each.to == ["guardian@famille.example"]] == [
        "Préau\u00a0: une nouvelle dans vos espaces"
    ]


def test_a_head_follows_what_is_sent_to_a_group_too(world):
    of_class, of_group = (send(world, "head", room) for room in ("cpb", "ulis"))
    expected = {"head": {of_class, of_group}, "teacher": {of_class}, "head_far": set()}
    assert {who: set(rules.notes_followed_by(world.people[who], TODAY)) for who in expected} == expected


def test_one_sending_with_other_files_is_refused_and_said(world, monkeypatch):
    """A voice is told by what was sent: what a job has written of it since weighs otherwise."""
    monkeypatch.setattr("preau.media.actions.files.enqueue", lambda *words: None)
    once = uuid.uuid4()
    joined = [(Document("pdf", b"%PDF-un programme", 1), "Programme"), (Document("mp3", b"voix", is_raw=True), "Voix")]
    note = send(world, once=once, files=joined)
    note.files.filter(kind="mp3").update(weight=900)
    assert send(world, once=once, files=joined) == note
    other_pdf, other_voice = Document("pdf", b"%PDF-un autre", 1), Document("mp3", b"vois", is_raw=True)
    for files in (joined[:1], [(other_pdf, "Programme"), joined[1]], [joined[0], (other_voice, "Voix")]):
        with pytest.raises(Conflict, match="d’autres fichiers"):
            send(world, once=once, files=files)
    assert note.files.count() == 2


@pytest.mark.parametrize(
    "other",
    [
        {"children": ["child_adam"]},
        {"room": "ulis"},
        {"nature": "see"},
        {"nature": "choice", "choices": ["Lundi", "Jeudi"]},
        {"answer_before": TODAY + datetime.timedelta(days=9)},
        {"question": "Qu’as-tu vu au parc ?"},
        {"happens_on": TODAY + datetime.timedelta(days=9), "outing": "within"},
    ],
)
def test_one_sending_to_others_or_that_asks_otherwise_is_refused_and_said(world, other):
    once = uuid.uuid4()
    note = send(world, "head", once=once)
    assert send(world, "head", once=once) == note
    with pytest.raises(Conflict, match="d’autres réglages"):
        send(world, "head", once=once, **other)
