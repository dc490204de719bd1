"""Conversations: written, read, answered, kept and taken back, and who reads nothing of them."""

import datetime
import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.mail import actions, queries, rules
from preau.ent.mail.clocks import CLOCKS
from preau.ent.mail.models import Conversation, Message, MessageFile
from preau.kit.answers import Conflict, Refused
from preau.media.documents import Document
from preau.people.models import Mandate
from preau.privacy.actions import erase_person
from preau.privacy.exports import read_tables
from preau.schools.models import Enrolment, FamiliesOpening, Guardianship
from preau.spaces import actions as spaces
from tests.ent.mail.acts import answer, begin, in_it
from tests.media.samples import drawing, encoded
from tests.media.test_documents import plain
from tests.world import TODAY

pytestmark = pytest.mark.django_db
SECRET = "Zibeline au goûter"


def page(conversation):
    return reverse("mail:conversation", args=[conversation.pk])


def waits(world, who):
    person = world.people[who]
    return queries.unread_count(person, rules.participations_of(person, TODAY))


def test_a_parent_writes_in_three_touches_and_the_teacher_answers(world, client):
    home = world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()
    assert f'href="{reverse("mail:inbox")}"' in home
    people = client.get(reverse("mail:choose")).content.decode()
    child = world.people["child_adam"].pk
    url = reverse("mail:write", args=[world.schools["tilleuls"].pk, world.people["teacher"].pk]) + f"?enfant={child}"
    assert f'href="{url}"' in people and "?ecole=" not in people, "of one school, nothing is to be chosen first"
    sent = client.post(url, {"subject": "Le goûter", "text": SECRET}, follow=True)
    assert SECRET in sent.content.decode()
    conversation = Conversation.objects.get()
    assert conversation.child_id == child and waits(world, "teacher") == 1 and waits(world, "guardian") == 0
    teacher = world.sign_in(Client(), "teacher")
    listed = teacher.get(reverse("mail:inbox")).content.decode()
    assert "1\u00a0message à lire" in listed and "Le goûter" in listed
    assert SECRET in teacher.get(page(conversation)).content.decode()
    teacher.post(reverse("mail:seen_create", args=[conversation.pk]), {"number": 1})
    assert waits(world, "teacher") == 0
    assert "Reçu par l’école" in client.get(page(conversation)).content.decode()
    teacher.post(page(conversation), {"text": "Oui, un fruit."})
    assert waits(world, "guardian") == 1
    assert "Oui, un fruit." in client.get(page(conversation)).content.decode()
    assert "Vu par" not in client.get(page(conversation)).content.decode(), "families read no hour nor name"


@pytest.mark.parametrize("text, title", [
    ("Rien à signaler\u00a0!", "Rien à signaler\u00a0!"),
    ("Bonjour,\n\nLina a perdu  son doudou, sous le grand banc. Merci d’avance",
     "Bonjour, Lina a perdu son doudou, sous le grand banc…"),
    ("a" * 80, "a" * 59 + "…"),
])  # fmt: skip
def test_without_a_subject_the_first_words_are_the_title(world, client, text, title):
    child = world.people["child_adam"].pk
    url = reverse("mail:write", args=[world.schools["tilleuls"].pk, world.people["teacher"].pk]) + f"?enfant={child}"
    assert "Objet (facultatif)" in world.sign_in(client, "guardian").get(url).text
    client.post(url, {"text": text})
    assert Conversation.objects.get().subject == title
    assert title in world.sign_in(client, "teacher").get(reverse("mail:inbox")).text
    Conversation.objects.update(subject="")  # what was only spoken
    for shown in (reverse("mail:inbox"), page(Conversation.objects.get())):
        assert "Sans objet" in client.get(shown).text


def test_a_report_of_what_was_only_spoken_has_a_title(world, client):
    begin(world)
    Conversation.objects.update(subject="")
    report = actions.report_message(
        person=world.people["teacher"], message=Message.objects.get(), reason="threat", words="", now=now()
    )
    assert "Sans objet" in world.sign_in(client, "head").get(reverse("mail:report", args=[report.pk])).text


@pytest.mark.long
def test_nobody_else_reads_it_the_head_and_the_other_parent_neither(world, client):
    conversation = begin(world, subject=SECRET, text=SECRET)
    message = conversation.messages.get()
    for who in world.actors():
        if who in (None, "suspended", "guardian", "teacher"):
            continue
        world.sign_in(client, who)
        assert client.get(page(conversation)).status_code == 404, who
        assert client.get(reverse("mail:report_create", args=[message.pk])).status_code == 404, who
        assert client.post(page(conversation), {"text": "Bonjour"}).status_code == 404, who
        for url in ("mail:inbox", "mail:reports", "mail:choose"):
            assert SECRET not in client.get(reverse(url)).content.decode(), (who, url)
    assert Message.objects.count() == 1


def test_a_second_sending_is_one_and_an_empty_or_long_message_keeps_what_was_typed(world, client):
    conversation = begin(world)
    once = "019aca00-0000-7000-8000-000000000001"
    for _ in range(2):
        world.sign_in(client, "teacher").post(page(conversation), {"text": "Une fois", "once": once})
    assert Message.objects.filter(text="Une fois").count() == 1
    said = client.post(page(conversation), {"text": "  "})
    assert said.status_code == 422 and "Écrivez votre message, ou dites-le." in said.content.decode()
    long = "Trop " * 700
    said = client.post(page(conversation), {"text": long}).content.decode()
    assert "c’est trop" in said and long.strip() in said
    heavy = SimpleUploadedFile("photo.pdf", b"%PDF" + b"0" * (10 * 1024 * 1024 + 1))
    said = client.post(page(conversation), {"text": "Gardé", "files": [heavy]}).content.decode()
    assert "dépasse 10" in said and "Gardé" in said
    for once in (uuid.uuid4(),) * 2:
        begin(world, once=once)
    assert Conversation.objects.count() == 2


def test_other_words_sent_from_the_same_page_are_another_message(world, client):
    """A page that was slow to answer is still there: what is added to it and sent again is not lost."""
    first, once = uuid.uuid4(), uuid.uuid4()
    conversation = begin(world, text="Bonjour", once=first)
    world.sign_in(client, "teacher")
    for text in ("Oui.", "Oui. Et une gourde.", "Oui."):
        client.post(page(conversation), {"text": text, "once": once})
    said = conversation.messages.filter(author=world.people["teacher"]).order_by("number")
    assert [each.text for each in said] == ["Oui.", "Oui. Et une gourde."]
    assert begin(world, text="Bonjour", once=first) == conversation
    other = begin(world, text="Bonjour. Il est malade.", once=first)
    assert other != conversation and other.messages.get().text == "Bonjour. Il est malade."
    for more in ({"subject": "Sa gourde"}, {"to": ("teacher", "head")}, {"to": ("head",)}):
        assert begin(world, text="Bonjour", once=first, **more) not in (conversation, other), more


def test_another_file_sent_from_the_same_page_is_another_message(world, client):
    conversation, once = begin(world), uuid.uuid4()
    world.sign_in(client, "teacher")
    for width in (640, 640, 320):  # a telephone gives all its photos one name
        sent = SimpleUploadedFile("image.jpg", encoded(drawing((width, 480))))
        client.post(page(conversation), {"text": "Voici.", "files": [sent], "once": once})
    said = conversation.messages.filter(author=world.people["teacher"]).order_by("number")
    weights = [file.weight for message in said for file in message.files.all()]
    assert len(weights) == len(set(weights)) == 2
    twice, once = [b"une voix", b"une voix", b"une vois"], uuid.uuid4()  # of one weight
    voices = [Document("mp3", each, is_raw=True) for each in twice]
    sent = [answer(world, conversation, files=[(each, "Voix")], once=once) for each in voices]
    assert sent[0] == sent[1] != sent[2]


def test_who_may_no_longer_be_written_to_reads_no_further(world, client):
    conversation = begin(world, to=("teacher", "head"))
    Mandate.objects.filter(person=world.people["teacher"]).update(ends_on=TODAY - datetime.timedelta(days=1))
    world.people["teacher"].__dict__.pop("_mandates_by_day", None)
    answer(world, conversation, "head", text=SECRET)
    assert in_it(world, conversation, "teacher").until_number == 1 and waits(world, "teacher") == 1
    shown = world.sign_in(client, "teacher").get(page(conversation)).content.decode()
    assert "Faut-il" in shown and SECRET not in shown
    said = client.post(page(conversation), {"text": "Je reste"})
    assert said.status_code == 403 and "Je reste" in said.content.decode()
    assert "Vous ne pouvez plus écrire ici" in said.content.decode()
    client.post(reverse("mail:seen_create", args=[conversation.pk]), {"number": 2})
    assert in_it(world, conversation, "teacher").seen_number == 1, "not what was never shown to them"
    Mandate.objects.filter(person=world.people["teacher"]).update(ends_on=None)
    with pytest.raises(Refused, match="plus écrire ici"):
        answer(world, conversation)  # they would not read what they write
    Enrolment.objects.filter(pupil=world.people["child_adam"]).update(ends_on=TODAY - datetime.timedelta(days=1))
    with pytest.raises(Refused, match="plus écrire ici"):
        answer(world, conversation, "guardian")


@pytest.mark.parametrize(
    "act",
    [
        lambda said, talk: actions.answer(conversation=talk, text="Moi aussi", **said),
        lambda said, talk: actions.mark_seen(conversation=talk, number=1, **said),
        lambda said, talk: actions.keep_apart(conversation=talk, is_apart=True, **said),
        lambda said, talk: actions.mute(conversation=talk, is_muted=True, **said),
        lambda said, talk: actions.report_message(message=talk.messages.get(), reason="other", words="", **said),
    ],
    ids=["answer", "seen", "apart", "mute", "report"],
)
@pytest.mark.parametrize("who", ["supply", "guardian_coparent"])
def test_each_act_refuses_who_takes_no_part(world, act, who):
    conversation = begin(world)
    with pytest.raises(Refused, match="pas part"):
        act({"person": world.people[who], "now": now()}, conversation)
    assert Message.objects.count() == 1


def test_a_parent_whom_a_judge_restricts_reads_nothing_more(world, client):
    conversation = begin(world)
    Guardianship.objects.filter(guardian=world.people["guardian"]).update(
        restricted_on=TODAY, restriction_reference="JAF 2026/1"
    )
    assert world.sign_in(client, "guardian").get(page(conversation)).status_code == 404
    with pytest.raises(Refused, match="plus écrire ici"):
        answer(world, conversation)
    with pytest.raises(Refused, match="pas part"):
        actions.mute(person=world.people["guardian"], conversation=conversation, is_muted=True, now=now())


def test_one_message_is_taken_back_within_ten_minutes_by_who_wrote_it(world, client):
    conversation = begin(world, files=[(Document("pdf", plain(), 1), "Plan")], text=SECRET)
    message, file = conversation.messages.get(), MessageFile.objects.get()
    assert default_storage.exists(file.path)
    with pytest.raises(Refused):
        actions.recall_message(person=world.people["teacher"], message=message, now=now())
    with pytest.raises(Conflict, match="Dix minutes"):
        late = now() + datetime.timedelta(minutes=11)
        actions.recall_message(person=world.people["guardian"], message=message, now=late)
    world.sign_in(client, "guardian").post(reverse("mail:recall_create", args=[message.pk]))
    shown = world.sign_in(client, "teacher").get(page(conversation)).content.decode()
    assert "a été retiré" in shown and SECRET not in shown and "Le goûter" not in shown
    assert waits(world, "teacher") == 0 and not MessageFile.objects.exists()
    assert SECRET not in str(read_tables(world.people["teacher"])), "no archive gives what was taken back"


def test_what_was_taken_back_leaves_again_from_the_same_page(world):
    conversation, first, once = begin(world), uuid.uuid4(), uuid.uuid4()
    said = answer(world, conversation, once=once)
    actions.recall_message(person=world.people["teacher"], message=said, now=now())
    again = answer(world, conversation, once=once)
    assert answer(world, conversation, once=once) == again != said
    begun = begin(world, once=first)
    actions.recall_message(person=world.people["guardian"], message=begun.messages.get(), now=now())
    assert begin(world, once=first) != begun


@pytest.mark.parametrize(
    "place, readers, last_day",
    [
        ("school", "families", None),
        ("class", "families", None),
        ("class", "families", TODAY),
        ("school", "adults", None),
        ("class", "adults", TODAY),
    ],
)
def test_the_stop_switch_holds_messages_too(world, client, place, readers, last_day):
    Mandate.objects.filter(person=world.people["teacher"]).update(ends_on=last_day)
    Enrolment.objects.filter(pupil=world.people["child_adam"]).update(ends_on=last_day)
    conversation = begin(world)
    where = world.schools["tilleuls"] if place == "school" else world.classrooms["cpb"]
    stopped = spaces.stop_place(person=world.people["head"], place=where, readers=[readers], why="threat", now=now())
    held, other = ("guardian", "teacher") if readers == "families" else ("teacher", "guardian")
    shut = world.sign_in(client, held).get(page(conversation))
    assert shut.status_code == 403 and "les messages sont arrêtés" in shut.text and SECRET not in shut.text
    assert "n’est pas montré" in client.get(reverse("mail:inbox")).content.decode()
    open_before = client.post(page(conversation), {"text": "Tapé avant"})
    assert open_before.status_code == 422 and "les messages sont arrêtés" in open_before.text
    assert "Tapé avant" in open_before.text and SECRET not in open_before.text
    for stranger in ("guardian_other_family", "guardian_coparent", "head"):
        away = world.sign_in(client, stranger)
        assert away.get(page(conversation)).status_code == away.post(page(conversation)).status_code == 404
    said = world.sign_in(client, other).post(page(conversation), {"text": SECRET})
    assert said.status_code == 422 and SECRET in said.content.decode()
    assert "les messages sont arrêtés" in said.content.decode() and waits(world, held) == 0
    spaces.start_again(person=world.people["head"], stop=stopped[0], now=now())
    assert client.post(page(conversation), {"text": "De retour"}).status_code == 302 and waits(world, held)


def test_a_pupil_is_told_tu_and_an_adult_vous(world, client):
    talk = begin(world, "teacher_other_class", ("pupil_cm2",), child=None)
    for who, said in (("pupil_cm2", "Écris ton message."), ("teacher_other_class", "Écrivez votre message")):
        empty = world.sign_in(client, who).post(page(talk), {"text": " "})
        assert empty.status_code == 422 and said in empty.text
    spaces.stop_place(
        person=world.people["head"], place=world.schools["tilleuls"], readers=["adults"], why="threat", now=now()
    )
    late = world.sign_in(client, "pupil_cm2").post(page(talk), {"text": "Bonjour"})
    assert "Ton message n’est pas parti" in late.text and "Bonjour" in late.text


def test_before_the_papers_are_signed_nothing_is_sent_to_a_family(world):
    FamiliesOpening.objects.all().delete()
    with pytest.raises(Conflict, match="pas encore ouverte"):
        begin(world, "teacher", ("guardian",))
    assert begin(world, "teacher", ("head",), child=None)


def test_each_puts_away_and_mutes_for_oneself(world, client):
    conversation = begin(world)
    world.sign_in(client, "teacher").post(reverse("mail:keeping", args=[conversation.pk]), {"rangee": "1"})
    assert "Le goûter" not in client.get(reverse("mail:inbox")).content.decode()
    assert "Le goûter" in client.get(f"{reverse('mail:inbox')}?rangees=1").content.decode()
    assert in_it(world, conversation, "guardian").archived_at is None
    answer(world, conversation, "guardian")
    assert in_it(world, conversation, "teacher").archived_at is None, "it comes back with a message"
    client.post(reverse("mail:muting", args=[conversation.pk]), {"sourdine": "1"})
    assert waits(world, "teacher") == 0
    client.post(reverse("mail:muting", args=[conversation.pk]), {"sourdine": "0"})
    assert waits(world, "teacher") == 2


def test_a_file_is_opened_by_those_of_the_conversation_alone(world, client):
    begin(world, files=[(Document("pdf", plain(), 1), "Attestation")])
    url = reverse("mail:message_file", args=[MessageFile.objects.get().pk])
    for who, status in (("teacher", 200), ("guardian", 200), ("guardian_coparent", 404), ("head", 404), ("ien", 404)):
        assert world.sign_in(client, who).get(url).status_code == status, who
    MessageFile.objects.update(ready_at=None)
    for who in ("teacher", "guardian"):
        assert world.sign_in(client, who).get(url).status_code == 404, "before the antivirus answered"


@pytest.mark.long
def test_lists_and_pages_cost_the_same_with_many_and_few(world, client, django_assert_max_num_queries):
    conversation = begin(world)
    for _ in range(24):
        begin(world, to=("teacher", "head"), now=now() - datetime.timedelta(hours=3))
        Message.objects.update(sent_at=now() - datetime.timedelta(days=2))
        answer(world, conversation, "guardian")
    world.sign_in(client, "teacher")
    for url in (reverse("mail:inbox"), page(conversation), reverse("mail:choose")):
        client.get(url)
        with django_assert_max_num_queries(10):
            shown = client.get(url)
        assert shown.status_code == 200
    assert client.get(page(conversation)).content.decode().count('id="m') == queries.PAGE
    assert client.get(reverse("mail:inbox")).content.decode().count("opens-all") == queries.PAGE


def test_an_archive_has_what_one_wrote_and_nothing_that_the_rules_may_hide(world):
    conversation = begin(world, to=("teacher", "head"), text=SECRET, subject="Objet de Zibeline")
    answer(world, conversation, "head", text="Dit par la direction")
    for who in ("guardian", "head", "teacher", "child_adam", "guardian_coparent"):
        archive = str(read_tables(world.people[who]))
        assert (SECRET in archive, "Dit par la direction" in archive) == (who == "guardian", who == "head"), who
        assert "Objet de Zibeline" not in archive, "it is hidden with the first message, and from a restricted parent"
    erase_person(subject=world.people["guardian"], person=None, now=now())
    first = conversation.messages.get(number=1)
    assert first.author is None and first.text == SECRET
    assert not CLOCKS[0].rows(now()).exists()
    Conversation.objects.update(last_at=now() - datetime.timedelta(days=800))
    assert CLOCKS[0].rows(now()).get() == conversation
