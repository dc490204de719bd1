"""A pupil's text: who reads it at each state, who decides, what is said when it moved meanwhile."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.writings import actions, queries, rules
from preau.ent.writings.models import Remark, Writing
from preau.kit.answers import Conflict, Refused
from preau.media.models import Accord, Perimeter, Picture
from preau.media.queries.accords import holders
from preau.people.models import Mandate, Role
from preau.privacy.actions import erase_person
from preau.privacy.exports import read_tables
from preau.schools.models import Enrolment, Guardianship
from preau.spaces.actions import PlaceStopped, stop_place
from preau.spaces.models import Publication, Stop
from tests.ent.writings.acts import LATER, PUPIL, TEACHER, agree, as_read, begin, give, give_back, publish
from tests.world import TODAY, add_child

pytestmark = pytest.mark.django_db
TEAM = {TEACHER, "head"}
CLASS = TEAM | {PUPIL, "child_ulis", "guardian_ulis", "guardian_other_class"}


def readers(world, writing):
    """Who has it in their visible set, of everybody here."""
    return {
        name
        for name, person in world.people.items()
        if rules.writings_visible_to(person, TODAY).filter(pk=writing.pk).exists()
    }


def stand_in(world):
    """Somebody stands in for the CM2 that day."""
    person = world.people["supply"]
    Mandate.objects.create(
        person=person, role=Role.SUPPLY_TEACHER, classroom=world.classrooms["cm2"], starts_on=TODAY, ends_on=TODAY
    )
    return person


def test_a_draft_is_its_author_s_alone_then_the_team_s_then_the_class_s(world):
    writing = begin(world)
    assert readers(world, writing) == {PUPIL} and writing.told == "Tu écris"
    actions.give(person=world.people[PUPIL], writing=writing, now=now())
    assert readers(world, writing) == TEAM | {PUPIL} and writing.told == "Ta maîtresse ou ton maître relit"
    publish(world, writing)
    assert readers(world, writing) == CLASS and writing.told == "C’est dans la vie de la classe"
    actions.withdraw(person=world.people["head"], writing=writing, now=now())
    assert readers(world, writing) == TEAM | {PUPIL} and writing.told == "Retiré"


def test_who_stands_in_for_the_day_reads_over(world):
    writing, person = give(world), stand_in(world)
    assert rules.writings_to_read(person, TODAY).get() == writing
    actions.publish(person=person, writing=writing, **as_read(writing), now=now())
    assert writing.state == "published"
    assert not rules.writings_visible_to(person, TODAY + LATER).filter(given_at=None).exists()


def test_each_reads_over_and_counts_what_is_theirs(world):
    writing, team, pupil = give(world), world.people[TEACHER], world.people[PUPIL]
    waits = [name for name, person in world.people.items() if rules.writings_to_read(person, TODAY).exists()]
    assert waits == [TEACHER]  # the head reads it, and does not teach there
    assert {name for name, each in world.people.items() if rules.writings_of(each).exists()} == {PUPIL}
    assert rules.can_review(team, writing, TODAY) and not rules.can_review(pupil, writing, TODAY)
    assert not rules.can_review(team, publish(world, writing), TODAY)


@pytest.mark.parametrize("who", ["teacher", "guardian_other_class", PUPIL, "aesh", "city_education"])
def test_nobody_else_decides_of_it(world, who):
    writing = give(world)
    with pytest.raises(Refused):
        actions.publish(person=world.people[who], writing=writing, **as_read(writing), now=now())
    with pytest.raises(Refused):
        actions.give_back(person=world.people[who], writing=writing, remark="Non.", **as_read(writing), now=now())
    writing.refresh_from_db()
    assert writing.state == "waiting" and not Remark.objects.exists()


@pytest.mark.parametrize("who", ["guardian_other_class", TEACHER, "child_ulis"])
def test_only_a_pupil_of_ce2_to_cm2_writes(world, who):
    Enrolment.objects.filter(pupil=world.people["child_ulis"]).update(level="CE1")
    with pytest.raises(Refused):
        begin(world, who=who)


def test_a_remark_is_read_by_the_pupil_and_the_team(world):
    writing = give_back(world)
    pupil = world.people[PUPIL]
    assert writing.told == "À reprendre" and writing.is_returned
    reads = {name for name, person in world.people.items() if rules.reads_remarks(person, writing, TODAY)}
    assert reads == TEAM | {PUPIL}
    again = actions.edit_writing(person=pupil, writing=writing, title="Les poules", text="Le 3 mars.", now=now())
    actions.give(person=pupil, writing=again, now=now())
    assert not again.is_returned and again.remarks.count() == 1


def test_what_is_corrected_leaves_the_pupil_what_they_gave(world):
    writing = give(world, text="Les poule ponde.")
    read = as_read(writing) | {"text": "Les poules pondent."}
    actions.publish(person=world.people[TEACHER], writing=writing, **read, now=now())
    assert (writing.text, writing.given_text) == ("Les poules pondent.", "Les poule ponde.")


def test_two_at_once_the_second_is_told_and_decides_nothing(world):
    writing = give(world)
    read, head = as_read(writing), world.people["head"]
    stale = Writing.objects.select_related("publication").get(pk=writing.pk)
    publish(world, writing)
    with pytest.raises(Conflict, match="vient de publier"):
        actions.give_back(person=head, writing=stale, remark="Encore.", **read, now=now())
    other = give(world, title="Autre")
    read = as_read(other)
    give_back(world, other)
    with pytest.raises(Conflict, match="vient de rendre"):
        actions.publish(person=head, writing=other, **read, now=now())


def test_a_text_taken_back_meanwhile_is_told_so(world):
    writing = give(world)
    read, pupil = as_read(writing), world.people[PUPIL]
    actions.take_back(person=pupil, writing=writing, now=now())
    with pytest.raises(Conflict, match="a repris son texte"):
        actions.give_back(person=world.people[TEACHER], writing=writing, remark="Relis.", **read, now=now())
    actions.give(person=pupil, writing=writing, now=now())
    with pytest.raises(Conflict, match="a changé depuis"):  # not what was read
        actions.publish(person=world.people[TEACHER], writing=writing, **read, now=now())


def test_a_pupil_who_keeps_from_two_pages_loses_neither(world):
    writing = begin(world)
    pupil = world.people[PUPIL]
    actions.edit_writing(person=pupil, writing=writing, title="Un", text="Un.", version=1, now=now())
    with pytest.raises(Conflict, match="encore là"):
        actions.edit_writing(person=pupil, writing=writing, title="Deux", text="Deux.", version=1, now=now())
    writing.refresh_from_db()
    assert writing.text == "Un."


def test_the_same_sending_twice_is_one_text_and_the_last_words_stay(world):
    once = begin(world).pk
    again = begin(world, once=once, text="La fin a changé.")
    assert Writing.objects.get().text == again.text == "La fin a changé."
    for _ in range(2):  # the drawing chosen meanwhile is not lost, and is there once
        again = begin(world, once=once, text="La fin a changé.", drawn=True)
    assert again.publication.pictures.count() == 1


def test_too_many_texts_wait_or_are_begun(world):
    pupil = world.people[PUPIL]
    for number in range(actions.MOST_WAITING):
        give(world, title=f"Texte {number}")
    last = begin(world)
    with pytest.raises(Conflict, match="à relire"):
        actions.give(person=pupil, writing=last, now=now())
    for number in range(actions.MOST_DRAFTS - 1):
        begin(world, title=f"Texte {number}")
    with pytest.raises(Conflict, match="commencés"):
        begin(world)


def test_an_empty_text_is_kept_and_not_given(world):
    writing = begin(world, text=" \n ")
    with pytest.raises(Conflict, match="vide"):
        actions.give(person=world.people[PUPIL], writing=writing, now=now())


def test_while_pupils_are_stopped_nothing_is_published_and_it_waits(world):
    writing = give(world)
    room = world.classrooms["cm2"]
    stop_place(person=world.people["head"], place=room, readers=[Stop.Readers.PUPILS], why=Stop.Why.CHECK, now=now())
    with pytest.raises(PlaceStopped):
        publish(world, writing)
    writing.refresh_from_db()
    assert writing.state == "waiting"


def test_neither_puts_back_what_the_other_took_away(world):
    writing = publish(world)
    pupil, teacher = world.people[PUPIL], world.people[TEACHER]
    actions.take_back(person=pupil, writing=writing, now=now())
    assert writing.state == "withdrawn" and not rules.can_restore(teacher, writing, TODAY)
    actions.restore(person=pupil, writing=writing, now=now())
    actions.withdraw(person=teacher, writing=writing, now=now())
    assert not rules.can_restore(pupil, writing, TODAY)
    assert not rules.can_restore(teacher, writing, TODAY + LATER)
    actions.restore(person=teacher, writing=writing, now=now())
    assert writing.state == "published"


def test_it_is_signed_as_the_class_knows_its_author(world):
    pupil = world.people[PUPIL]
    assert publish(world).signature == pupil.first_name
    other = add_child(world, "child_same_name", "cm2", "CM2")
    other.first_name = pupil.first_name
    other.save()
    assert queries.signature_of(pupil, world.classrooms["cm2"], TODAY).endswith(f" {pupil.last_name[:1]}.")


def test_the_newspaper_is_read_by_the_school_unsigned_and_empties_when_withdrawn(world):
    writing = publish(world)
    with pytest.raises(Refused):
        actions.put_in_journal(person=world.people[PUPIL], writing=writing, is_in=True, now=now())
    actions.put_in_journal(person=world.people[TEACHER], writing=writing, is_in=True, now=now())
    read = {name for name, one in world.people.items() if rules.journal_visible_to(one, TODAY).exists()}
    assert {"guardian", "teacher", "head", PUPIL, "aesh"} <= read
    assert not read & {"pupil_other_school", "guardian_far", "city_education", "ien", "head_far"}
    assert rules.names_shown_in_journal([writing], TODAY) == set()
    assert "guardian" not in readers(world, writing)  # nor its page, its name, its pictures
    actions.withdraw(person=world.people[TEACHER], writing=writing, now=now())
    assert not rules.journal_visible_to(world.people["guardian"], TODAY).exists()


def test_a_picture_is_published_once_no_child_without_accord_is_said_to_show(world):
    writing = give(world, drawn=True)
    teacher = world.people[TEACHER]
    with pytest.raises(Conflict, match="accord de diffusion"):
        actions.publish(person=teacher, writing=writing, **as_read(writing), now=now())
    assert writing.state == "waiting"
    assert publish(world, writing).state == "published"


def test_its_images_are_looked_at_again_after_an_accord_is_taken_back(world, client):
    image = {"kind": Accord.Kind.IMAGE}
    agree(world, Accord.Answer.YES, Perimeter.CLASS, **image)
    shown, _ = publish(world, drawn=True), publish(world, title="Sans image")

    def to_look(who=TEACHER):
        return list(rules.writings_to_look_over(world.people[who], TODAY))

    elsewhere = {"child": world.people["child_adam"], "guardian": world.people["guardian"], "at": now()}
    Accord.objects.create(**elsewhere, **image, perimeter=Perimeter.CLASS, answer="yes", replaced_at=now())
    assert to_look() == []
    agree(world, Accord.Answer.NO, Perimeter.CLASS, **image)
    agree(world, Accord.Answer.YES, Perimeter.CLASS, **image)
    assert to_look() == []  # they agreed again
    agree(world, Accord.Answer.NO, Perimeter.CLASS, **image)
    assert to_look() == to_look("head") == [shown] and to_look("teacher") == to_look("guardian_other_class") == []
    detail = reverse("writings:writing_detail", args=[shown.pk])
    asked = f"{world.people[PUPIL].first_name}\n    n’a plus d’accord pour l’image"
    for who in (TEACHER, "head"):
        home = world.sign_in(client, who).get("/aujourdhui/").text
        assert "Un texte d’élève à revoir" in home and detail in home, who
        assert asked in client.get(detail).text
    assert (
        "Images à revoir" in client.get(reverse("writings:classroom_writings", args=[world.classrooms["cm2"].pk])).text
    )
    for who in (PUPIL, "guardian_other_class"):
        assert "accord pour l’image" not in world.sign_in(client, who).get(detail).text
        with pytest.raises(Refused):
            actions.declare_again(person=world.people[who], writing=shown, now=now())
    pressed = world.sign_in(client, TEACHER).post(reverse("writings:declaration_create", args=[shown.pk]))
    assert pressed.status_code == 302 and to_look() == [] and asked not in client.get(detail).text
    agree(world, Accord.Answer.YES, Perimeter.CLASS, **image)
    agree(world, Accord.Answer.NO, Perimeter.CLASS, **image)
    assert to_look() == [shown]
    actions.withdraw(person=world.people[TEACHER], writing=shown, now=now())
    assert to_look() == []


def test_the_newspaper_signs_for_whom_the_families_agree(world):
    writing = publish(world)
    assert rules.names_shown_in_journal([writing], TODAY) == set()
    said = {"child": world.people[PUPIL], "kind": Accord.Kind.WORK, "answer": Accord.Answer.YES, "at": now()}
    for link in holders(TODAY).filter(child=world.people[PUPIL]):
        for perimeter in (Perimeter.CLASS, Perimeter.SCHOOL):
            Accord.objects.create(guardian=link.guardian, perimeter=perimeter, **said)
    assert rules.names_shown_in_journal([writing], TODAY) == {writing.pk}


def test_the_council_is_answered_by_the_team_and_stays_in_the_class(world):
    subject = publish(world, title="Un coin pour lire", purpose="council")
    teacher = world.people[TEACHER]
    actions.answer_subject(person=teacher, writing=subject, answer="Oui, près du préau.", now=now())
    assert subject.answered_at
    with pytest.raises(Refused):
        actions.put_in_journal(person=teacher, writing=subject, is_in=True, now=now())
    with pytest.raises(Refused):
        actions.answer_subject(person=world.people[PUPIL], writing=subject, answer="Non.", now=now())
    with pytest.raises(Refused):
        actions.answer_subject(person=teacher, writing=publish(world), answer="Oui.", now=now())


def test_a_pupil_s_text_leaves_with_them_pictures_and_remarks_too(world, django_capture_on_commit_callbacks):
    writing, kept = give_back(world, drawn=True), publish(world, who="pupil_far", room="loin_cm2", by="head_far")
    picture, pupil = Picture.objects.get(), world.people[PUPIL]
    told = str(read_tables(pupil))
    assert "Les poules" in told and "relis la fin" in told
    assert "relis la fin" not in str(read_tables(world.people[TEACHER]))
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(subject=pupil, person=None, now=now())
    assert list(Writing.objects.all()) == [kept] and not Remark.objects.exists() and not Picture.objects.exists()
    assert not Publication.objects.filter(pk=writing.publication_id).exists()
    assert not default_storage.exists(picture.path)


def test_a_remark_stays_when_its_author_leaves(world):
    give_back(world)
    erase_person(subject=world.people[TEACHER], person=None, now=now())
    assert Remark.objects.get().author is None


def test_a_guardian_restricted_from_the_author_is_not_told_who_wrote(world):
    writing, guardian = publish(world), world.people["guardian_other_class"]
    links = Guardianship.objects.filter(guardian=guardian, child=world.people[PUPIL])

    def is_told():
        return Writing.objects.filter(queries.names_its_author(guardian.pk, TODAY), pk=writing.pk).exists()

    assert links.exists() and is_told()
    links.update(restricted_on=TODAY, restriction_reference="TJ Poitiers, 12/11")
    assert not is_told()
