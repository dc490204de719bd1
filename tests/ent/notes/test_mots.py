"""A mot from its writing to its signatures: who writes, who reads, who answers, what each one is shown."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.notes import actions, queries
from preau.ent.notes.actions import Target
from preau.ent.notes.models import Answer, Note
from preau.ent.notes.wordings import grouped, wordings
from preau.ent.sites.models import SchoolSite
from preau.kit.answers import Conflict, Refused
from preau.people.models import Account
from preau.privacy.exports import read_tables
from preau.schools.models import Enrolment, Guardianship
from preau.spaces.models import Publication, Reach
from tests.ent.notes.acts import answer, leave, send

pytestmark = pytest.mark.django_db

FAMILIES = {"guardian", "guardian_coparent", "guardian_other_family"}
WRITERS = {"teacher", "supply", "head"}


def page_of(world, client, who, note, name="note_detail"):
    return world.sign_in(client, who).get(reverse(f"notes:{name}", args=[note.pk]))


def write_url(world, room="cpb"):
    return reverse("notes:classroom_write", args=[world.classrooms[room].pk])


def home(world, client, who):
    return world.sign_in(client, who).get("/aujourdhui/").content.decode()


def refused(world, client, note, who="guardian", child="child_adam", **said):
    url = reverse("notes:answer_create", args=[note.pk, world.people[child].pk])
    return world.sign_in(client, who).post(url, {"version": 1, "agreed": "yes"} | said)


def test_a_mot_goes_from_the_teacher_to_a_signature_that_she_reads(world, client):
    """Write, find on the home, open, sign, see who signed: by the pages alone."""
    said = {"title": "Sortie au bois", "text": "La classe va au bois.", "nature": "sign"}
    sent = world.sign_in(client, "teacher").post(write_url(world), said)
    note = Note.objects.get()
    assert sent.headers["Location"] == reverse("notes:note_detail", args=[note.pk])
    assert Reach.objects.filter(publication=note.publication).count() == 1  # whatever the number of families
    found = home(world, client, "guardian")
    assert found.index("Sortie au bois") < found.index('id="fil"') and "À signer" in found and "Child" in found
    opened = page_of(world, client, "guardian", note).content.decode()
    assert "La classe va au bois." in opened and "Je signe" in opened
    assert refused(world, client, note).status_code == 302
    assert "Vous avez signé" in page_of(world, client, "guardian", note).content.decode()
    assert 'id="signer"' not in home(world, client, "guardian")
    assert 'id="signer"' in home(world, client, "guardian_coparent")  # one receipt and one answer for each
    follow = re.sub(r"[ \n]+", " ", page_of(world, client, "teacher", note, "note_follow").content.decode())
    assert "signé" in follow and "Il reste 1\u00a0élève à joindre" in follow  # the other child's


def test_only_the_families_it_reaches_and_those_who_write_to_them_open_a_mot(world, client):
    note = send(world)
    for name in filter(None, world.actors()):
        status = page_of(world, client, name, note).status_code
        assert status == (200 if name in FAMILIES | WRITERS else 302 if name == "suspended" else 404), name
        status = page_of(world, client, name, note, "note_follow").status_code
        assert status == (200 if name in WRITERS else 302 if name == "suspended" else 404), name


@pytest.mark.parametrize("who", ["aesh", "guardian", "teacher_other_class", "head_other_school", "city_education"])
def test_nobody_else_writes_to_a_class(world, who):
    with pytest.raises(Refused):
        send(world, who)
    assert not Note.objects.exists()


def test_a_teacher_writes_to_their_own_classes_and_a_head_to_several(world):
    several = [Target(world.classrooms["cpb"]), Target(world.classrooms["cm2"])]
    with pytest.raises(Refused):
        send(world, targets=several)
    note = send(world, "head", targets=several)
    assert note.publication.place == world.schools["tilleuls"]
    assert sorted(note.publication.reaches.values_list("audience", flat=True)) == sorted(t.audience for t in several)


def test_a_mot_to_some_pupils_reaches_their_guardians_alone(world, client):
    note = send(world, children=["child_lina"])
    assert page_of(world, client, "guardian_other_family", note).status_code == 200
    assert page_of(world, client, "guardian", note).status_code == 404
    follow = page_of(world, client, "teacher", note, "note_follow").content.decode()
    assert "Canari-child_lina" in follow and "Canari-child_adam" not in follow


def test_a_teacher_follows_of_a_mot_of_the_head_their_own_class(world, client):
    note = send(world, "head", targets=[Target(world.classrooms["cpb"]), Target(world.classrooms["cm2"])])
    mine = page_of(world, client, "teacher", note, "note_follow").content.decode()
    assert "Canari-child_adam" in mine and "Canari-child_ulis" not in mine
    every = page_of(world, client, "head", note, "note_follow").content.decode()
    assert "Canari-child_" not in every  # by class first, then the names of one
    for room, here, there in (("cpb", "adam", "ulis"), ("cm2", "ulis", "adam")):
        assert f"?classe={world.classrooms[room].pk}" in every
        url = f"{reverse('notes:note_follow', args=[note.pk])}?classe={world.classrooms[room].pk}"
        named = client.get(url).content.decode()
        assert f"Canari-child_{here}" in named and f"Canari-child_{there}" not in named


def test_a_separated_parent_never_meets_the_other_nor_what_they_answered(world, client):
    note = send(world, nature="text", title="Un mot")
    answer(world, note, "guardian_coparent", agreed="", text="Canari-réponse du père")
    for path in ("/aujourdhui/", reverse("notes:note_detail", args=[note.pk])):
        page = world.sign_in(client, "guardian").get(path).content.decode()
        assert "Canari-réponse" not in page and "Canari-guardian_coparent" not in page, path
    assert "Canari-réponse" in page_of(world, client, "teacher", note, "note_follow").content.decode()


def test_a_parent_who_teaches_the_class_is_not_shown_the_answer_of_the_other(world, client):
    Guardianship.objects.create(
        guardian=world.people["teacher"], child=world.people["child_adam"], starts_on=world.before
    )
    note = send(world, nature="text", title="Un mot")
    answer(world, note, agreed="", text="Canari-réponse")
    page = page_of(world, client, "teacher", note, "note_follow").content.decode()
    assert "Canari-réponse" not in page and "Canari-guardian_coparent" not in page
    assert "Votre propre enfant" in page and "Canari-child_lina" in page


def test_nobody_answers_for_the_child_of_another_nor_in_the_place_of_another(world, client):
    note = send(world)
    read = send(world, nature="see", title="À lire")
    for who, child in (("guardian", "child_lina"), ("guardian_restricted", "child_adam"), ("teacher", "child_adam")):
        assert refused(world, client, note, who, child).status_code == 404
        with pytest.raises(Refused):
            answer(world, note, who, child)
        with pytest.raises(Refused):
            answer(world, read, who, child)
    assert not Answer.objects.exists()


def test_who_does_not_hold_authority_reads_and_does_not_sign(world, client):
    note, seen = send(world), send(world, nature="see", title="À lire")
    Guardianship.objects.filter(guardian=world.people["guardian"]).update(authority=Guardianship.Authority.NO)
    assert refused(world, client, note).status_code == 403
    assert "un autre responsable signe" in page_of(world, client, "guardian", note).content.decode()
    assert refused(world, client, seen).status_code == 302


@pytest.mark.parametrize(
    "nature, said, wrong, state",
    [
        ("see", {"agreed": ""}, None, "partial"),
        ("sign", {"agreed": "yes"}, {"agreed": ""}, "done"),
        ("both", {"agreed": "yes"}, {"agreed": ""}, "partial"),
        ("choice", {"choice": "Lundi"}, {"choice": "Jeudi"}, "done"),
        ("date", {"on_date": localdate() + datetime.timedelta(days=3)}, {"on_date": None}, "done"),
        ("text", {"text": "Bonjour"}, {"text": "  "}, "done"),
    ],
)
def test_each_nature_has_its_answer_and_says_when_a_child_is_done(world, nature, said, wrong, state):
    note = send(world, nature=nature, choices=["Lundi", "Mardi"])
    said = {"agreed": ""} | said
    if wrong:
        with pytest.raises(Conflict):
            answer(world, note, **said | wrong)
    answer(world, note, **said)
    answer(world, note, **said)  # sent twice
    assert Answer.objects.count() == 1
    assert state_of(world, note) == state
    answer(world, note, "guardian_coparent", **said)
    assert state_of(world, note) == "done"


def state_of(world, note, child="child_adam"):
    lines = queries.follow_up(note, note.targets.all(), world.today).children
    return next(line.state for line in lines if line.child_id == world.people[child].pk)


def test_a_refusal_beside_an_agreement_is_told_to_the_head(world, client):
    note = send(world)
    answer(world, note)
    answer(world, note, "guardian_coparent", agreed="no")
    assert state_of(world, note) == "divided"
    page = page_of(world, client, "head", note, "note_follow").content.decode()
    assert "Deux responsables, deux réponses" in page


def test_who_has_no_account_is_not_told_to_be_reading(world, client):
    Account.objects.filter(person=world.people["guardian_other_family"]).delete()
    said = {"title": "Un mot", "text": "Bonjour.", "nature": "see"}
    page = world.sign_in(client, "teacher").post(write_url(world), said, follow=True).content.decode()
    assert "Le mot est parti\u00a0: les responsables de 1\u00a0élève le lisent dès maintenant." in page
    assert "1\u00a0élève sans compte à la maison" in page


def test_a_child_without_guardian_and_a_family_without_account_are_told_to_the_sender(world, client):
    Guardianship.objects.filter(child=world.people["child_adam"]).delete()
    Account.objects.filter(person=world.people["guardian_other_family"]).delete()
    page = world.sign_in(client, "teacher").get(write_url(world)).content.decode()
    assert (
        "Aucun responsable n’est noté pour Child Canari-child_adam" in page
        and "1\u00a0élève sans compte à la maison" in page
    )
    said = {"title": "Un mot", "text": "Bonjour.", "nature": "see"}
    page = world.sign_in(client, "teacher").post(write_url(world), said, follow=True).content.decode()
    assert "prévenez la direction" in page
    assert "aucune famille ne le lit encore" in page and "1\u00a0élève sans compte à la maison" in page
    follow = page_of(world, client, "teacher", Note.objects.get(), "note_follow").content.decode()
    assert "Aucun responsable n’est noté" in follow and ">sans compte<" in follow and "Sans compte&nbsp;: " in follow


def test_what_cannot_leave_says_why_and_keeps_what_was_typed(world, client):
    said = {"title": "Un mot", "text": "Bonjour à tous.", "nature": "see"}
    yesterday = str(world.today - datetime.timedelta(days=1))
    for wrong, told in (
        ({"title": ""}, "Titre"),
        ({"answer_before": yesterday}, "Cette date est passée"),
        ({"due_on": yesterday}, "Cette heure est passée"),
        ({"nature": "choice", "choices": "Un seul"}, "au moins deux choix"),
        ({"modele": "greve", "happens_on": str(world.today), "text": "Madame Canari-teacher fait grève."}, "ne nomme"),
        ({"nature": "text", "text": "Dites-nous ses allergies."}, "rien sur la santé"),
        ({"text": "Exercice PPMS à 10 h."}, "ni heure, ni lieu"),
        ({"modele": "ppms", "text": "Exercice à 10 h dans la cour."}, "ni heure, ni lieu"),
        ({"modele": "reunion", "happens_on": str(world.today), "blank_heure": "18:00", "text": "{lieu}"}, "un blanc"),
    ):
        response = world.sign_in(client, "teacher").post(write_url(world), said | wrong)
        page = response.content.decode()
        assert response.status_code == 422 and told in page, wrong
        assert (said | wrong)["text"] in page
    leave(world, "cpb")
    page = world.sign_in(client, "teacher").post(write_url(world), said).content.decode()
    assert "Aucune famille ne recevrait ce mot" in page and "Bonjour à tous." in page
    assert not Note.objects.exists()


def test_a_school_without_a_class_this_year_has_nobody_to_write_to(world, client):
    school = world.schools["tilleuls"]
    Enrolment.objects.all().delete()
    school.classrooms.update(school_year="2001-2002")
    url = reverse("notes:school_write", args=[school.pk])
    sent = {"title": "Un mot", "text": "Bonjour à tous.", "nature": "see"}
    answer = world.sign_in(client, "head").post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Aucune famille ne recevrait ce mot" in page and "Bonjour à tous." in page


def test_a_mot_sent_twice_leaves_once(world, client):
    page = world.sign_in(client, "teacher").get(write_url(world)).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    for _ in range(2):
        client.post(write_url(world), {"title": "Un mot", "text": "Bonjour.", "nature": "see", "once": once})
    assert Note.objects.count() == 1


def test_a_page_sent_again_with_other_words_keeps_them(world, client):
    page = world.sign_in(client, "teacher").get(write_url(world)).content.decode()
    said = {"title": "Un mot", "text": "Bonjour.", "nature": "see"}
    said["once"] = re.search(r'name="once" value="([^"]+)"', page)[1]
    client.post(write_url(world), said)
    again = client.post(write_url(world), said | {"text": "Bonjour, et à lundi."})
    shown = again.content.decode()
    assert again.status_code in (409, 422) and "avec un autre texte" in shown and "Bonjour, et à lundi." in shown
    assert Note.objects.get().text == "Bonjour."


def test_a_scheduled_mot_is_nobody_s_until_its_hour_then_leaves_once(world, client):
    due = now() + datetime.timedelta(hours=2)
    note = send(world, due_at=due)
    assert page_of(world, client, "guardian", note).status_code == 404
    assert "Aucune famille ne le voit encore" in page_of(world, client, "teacher", note).content.decode()
    assert actions.publish_due(now=due - datetime.timedelta(minutes=1)) == 0
    assert (actions.publish_due(now=due), actions.publish_due(now=due)) == (1, 0)
    assert page_of(world, client, "guardian", note).status_code == 200


def test_a_scheduled_mot_stays_when_its_author_left_meanwhile(world):
    due = now() + datetime.timedelta(hours=2)
    note = send(world, due_at=due)
    world.people["teacher"].mandates.update(ends_on=world.today - datetime.timedelta(days=1))
    assert actions.publish_due(now=due) == 0
    note.refresh_from_db()
    assert note.due_at is None and note.publication.state == Publication.State.DRAFT


def test_a_mot_taken_back_is_no_family_s_and_may_return(world, client):
    note = send(world)
    answer(world, note)
    world.sign_in(client, "teacher").post(reverse("notes:withdrawal_create", args=[note.pk]))
    assert page_of(world, client, "guardian", note).status_code == 403
    world.sign_in(client, "teacher").post(reverse("notes:restoration_create", args=[note.pk]))
    assert "Vous avez signé" in page_of(world, client, "guardian", note).content.decode()


def test_an_answer_to_a_text_that_changed_meanwhile_is_asked_again(world, client):
    note = send(world)
    actions.correct_note(
        person=world.people["teacher"],
        note=note,
        title=note.title,
        text="À 9 h.",
        version=1,
        now=now(),
        has_shown_factor=False,
    )
    response = refused(world, client, note)
    assert response.status_code == 422 and "vient d’être corrigé" in response.content.decode()
    assert not Answer.objects.exists()


def test_a_guardian_of_two_schools_answers_for_each_child_from_one_home(world, client):
    one, two = send(world, "teacher_other_school", "saules_cm2"), send(world, "head", "gs")
    page = home(world, client, "guardian_two_schools")
    assert page.count('data-is="now"') >= 2 and page.count("Sortie au parc") >= 2
    answer(world, one, "guardian_two_schools", "child_two_two")
    answer(world, two, "guardian_two_schools", "child_two_one")
    assert 'id="signer"' not in home(world, client, "guardian_two_schools")


@pytest.mark.parametrize(
    "back, days, outing, nature",
    [("11:00", 0, "within", "see"), ("19:00", 0, "beyond", "sign"), ("11:00", 2, "night", "sign")],
)
def test_the_hours_typed_make_the_outing_and_what_is_asked(world, client, back, days, outing, nature):
    thursday = world.today + datetime.timedelta(days=(3 - world.today.weekday()) % 7 + 7)
    times = {"morning_from": "08:30", "morning_to": "11:45", "afternoon_from": "13:45", "afternoon_to": "16:30"}
    SchoolSite.objects.create(school=world.schools["tilleuls"], days="four", **times)
    page = world.sign_in(client, "teacher").get(write_url(world) + "?modele=sortie").content.decode()
    assert "8\u00a0h\u00a030 à 16\u00a0h\u00a030" in page
    said = {
        "modele": "sortie", "title": "Sortie {lieu}, {jour}", "text": "On va {lieu}.", "blank_lieu": "au bois",
        "happens_on": str(thursday), "leaves_at": "09:00", "returns_at": back,
        "returns_on": str(thursday + datetime.timedelta(days=days)) if days else "",
    }  # fmt: skip
    client.post(write_url(world), said)
    note = Note.objects.get()
    assert (note.outing, note.nature, note.text) == (outing, nature, "On va au bois.")
    assert note.title.startswith("Sortie au bois, jeudi")
    told = page_of(world, client, "guardian", note).content.decode()
    assert {"within": "obligatoire et gratuite", "beyond": "facultative", "night": "Voyage scolaire"}[outing] in told


@pytest.mark.parametrize("asks_again, waits", [(False, False), (True, True)])
def test_a_correction_is_told_and_asks_again_only_when_its_author_says(world, client, asks_again, waits):
    note = send(world)
    answer(world, note)
    said = {"title": "Sortie au bois", "text": "Le départ est à 9 h.", "version": 1}
    said |= {"asks_again": "on"} if asks_again else {}
    url = reverse("notes:note_edit", args=[note.pk])
    assert world.sign_in(client, "supply").post(url, said).status_code == 403
    assert world.sign_in(client, "teacher").post(url, said).status_code == 302
    assert client.post(url, said).status_code == 422  # read before the correction
    page = page_of(world, client, "guardian", note).content.decode()
    assert "Corrigé le" in page and "Le départ est à 9 h." in page
    assert ("Relisez-le, puis répondez de nouveau" in page) is waits
    assert ('id="signer"' in home(world, client, "guardian")) is waits
    note.refresh_from_db()
    assert (state_of(world, note) == "done") is not waits


def test_a_family_finds_all_its_mots_and_prints_those_of_a_child(world, client):
    note, other = send(world), send(world, "teacher_other_class", "cm2", title="Un autre mot")
    answer(world, note)
    answer(world, note, "guardian_coparent", agreed="no")
    print_url = reverse("notes:child_history", args=[world.people["child_adam"].pk])
    for url in (reverse("notes:mine"), print_url):
        page = world.sign_in(client, "guardian").get(url).content.decode()
        assert "Sortie au parc" in page and "signé" in page, url
        assert "pas d’accord" not in page and "Canari-guardian_coparent" not in page and other.title not in page, url
    school = world.sign_in(client, "teacher").get(print_url).content.decode()
    assert "signé" in school and "pas d’accord" in school
    for who in ("aesh", "guardian_other_family", "teacher_other_class", "guardian_restricted"):
        assert world.sign_in(client, who).get(print_url).status_code == (403 if who == "aesh" else 404), who
    assert world.sign_in(client, "teacher_other_class").get(reverse("notes:mine")).status_code == 403


def test_mes_mots_tell_each_child_and_what_is_still_asked(world, client):
    note = send(world, "head", "gs")
    answer(world, send(world, "teacher_other_school", "saules_cm2"), "guardian_two_schools", "child_two_two")
    page = world.sign_in(client, "guardian_two_schools").get(reverse("notes:mine")).content.decode()
    asked, answered = (re.sub(r"<[^>]+>|\s+", " ", line) for line in re.split('class="tall opens-all"', page)[1:])
    assert "signé" in asked + answered and len([one for one in (asked, answered) if "À signer" in one]) == 1
    Note.objects.filter(pk=note.pk).update(happens_on=world.today - datetime.timedelta(days=1))
    assert "À signer" not in re.sub(r"\s+", " ", client.get(reverse("notes:mine")).content.decode())


def test_writing_opens_on_the_words_and_folds_the_mots_types(world, client):
    page = world.sign_in(client, "teacher").get(write_url(world)).content.decode()
    fold = re.search(r'<details class="wordings">.*?</details>', page, re.S)[0]
    assert all(f"?modele={key}" in fold for key in wordings()) and len(grouped()) <= 5
    assert f"{world.classrooms['cpb']}&nbsp;: pour les responsables de" in page


def test_an_archive_of_the_child_holds_no_answer_and_a_parent_s_only_their_own(world):
    note = send(world, nature="text", title="Un mot")
    answer(world, note, agreed="", text="Canari-mère")
    answer(world, note, "guardian_coparent", agreed="", text="Canari-père")
    for who, told in (("child_adam", set()), ("guardian", {"mère"}), ("guardian_coparent", {"père"})):
        tables, _ = read_tables(world.people[who])
        assert {word for word in ("mère", "père") if f"Canari-{word}" in str(tables)} == told, who
