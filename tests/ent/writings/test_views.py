"""The pages: a pupil's article from the draft to the class, what is typed badly, what moved meanwhile."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.writings import actions, rules
from preau.ent.writings.models import Writing
from preau.ent.writings.views import reviewing
from preau.media.models import Accord, Perimeter
from preau.people.models import Person
from tests.ent.writings.acts import PUPIL, TEACHER, TEXT, agree, as_read, begin, give, give_back, publish
from tests.media import samples
from tests.world import TODAY

pytestmark = pytest.mark.django_db
HOME, MINE, NEW = "/aujourdhui/", reverse("writings:mine"), reverse("writings:writing_create")
PASTED = "«\u00a0La ferme\u00a0»\v\uf0b7\tdes poules\r\n\u2022 des oies\u2028et un\u0007 âne…"
TIDY = "«\u00a0La ferme\u00a0»\n•\tdes poules\n• des oies\net un âne…"


def page(name, writing):
    return reverse(f"writings:{name}", args=[writing.pk])


def text_of(client, url):
    return client.get(url).content.decode()


def test_an_article_is_given_given_back_taken_up_and_published(world, client):
    world.sign_in(client, PUPIL)
    client.post(NEW, {"title": "La ferme", "text": PASTED, "act": "give"})
    writing = Writing.objects.get()
    assert (writing.text, writing.state) == (TIDY, "waiting")
    assert "Ta maîtresse ou ton maître relit" in text_of(client, MINE)
    assert "La ferme" in text_of(client, HOME)

    world.sign_in(client, TEACHER)
    assert "1\u00a0texte d’élève à relire" in text_of(client, HOME).replace("&nbsp;", "\u00a0")
    listed = client.get(reverse("writings:to_read"), follow=True)
    assert page("review", writing) in listed.content.decode()
    said = {**as_read(writing), "remark": "Dis quand c’était.", "act": "return"}
    client.post(page("review", writing), said)

    world.sign_in(client, PUPIL)
    home = text_of(client, HOME)
    assert "Reprends ton texte" in home and home.index("Reprends") < home.index('class="tiles"')
    edit = page("writing_edit", writing)
    assert "Dis quand c’était." in text_of(client, edit)
    writing.refresh_from_db()
    client.post(edit, {"title": "La ferme", "text": "Lundi.", "version": writing.version, "act": "give"})

    world.sign_in(client, TEACHER)
    client.post(page("review", writing), {**as_read(writing), "text": "Lundi dernier.", "act": "publish"})
    agree(world, "yes", Perimeter.CLASS)
    for who in (PUPIL, "guardian_other_class", "guardian_ulis", TEACHER):
        world.sign_in(client, who)
        life = text_of(client, reverse("portal:classroom_life", args=[world.classrooms["cm2"].pk]))
        assert "Lundi dernier." in life and world.people[PUPIL].first_name in life, who
        read = text_of(client, page("writing_detail", writing))
        assert ("Dis quand" in read) is (who in (PUPIL, TEACHER)), who
        assert ("Mettre dans le journal" in read) is (who == TEACHER), who


def test_a_text_too_long_is_told_in_a_child_s_words_and_stays(world, client):
    long = "Il était une fois. " * 300
    answer = world.sign_in(client, PUPIL).post(NEW, {"title": "Long", "text": long, "act": "keep"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Ton texte est trop long" in shown and "encore là" in shown and long.strip() in shown
    assert not Writing.objects.exists()
    answer = client.post(NEW, {"title": " ", "text": "Voilà.", "act": "keep"})
    assert "Il manque un titre" in answer.content.decode() and "Voilà." in answer.content.decode()


def test_an_image_that_is_none_is_told_in_a_child_s_words(world, client):
    sent = {"title": "La ferme", "text": "Voilà.", "act": "keep", "pictures": SimpleUploadedFile("a.jpg", b"rien")}
    answer = world.sign_in(client, PUPIL).post(NEW, sent)
    assert "Cette image ne s’ouvre pas. Choisis" in answer.content.decode() and answer.status_code == 422
    sent["pictures"] = SimpleUploadedFile("a.jpg", samples.encoded(samples.drawing()))
    client.post(NEW, sent | {"alt1": "Une poule."})
    assert Writing.objects.get().publication.pictures.get().alt == "Une poule."


def test_a_remark_on_a_text_taken_back_meanwhile_stays_on_the_page(world, client):
    writing = give(world)
    sent = {**as_read(writing), "remark": "Pense aux majuscules.", "act": "return"}
    actions.take_back(person=world.people[PUPIL], writing=writing, now=now())
    answer = world.sign_in(client, TEACHER).post(page("review", writing), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "a repris son texte entre-temps" in shown and "Pense aux majuscules." in shown
    hidden = text_of(client, page("writing_detail", writing))
    assert "en train de l’écrire" in hidden and writing.text not in hidden


def test_an_empty_form_sent_shows_nothing_of_a_text_taken_back(world, client):
    writing = give(world)
    actions.take_back(person=world.people[PUPIL], writing=writing, now=now())
    answer = world.sign_in(client, TEACHER).post(page("review", writing))
    assert answer.status_code == 302 and answer["Location"] == page("writing_detail", writing)


def test_nothing_is_given_back_without_a_remark(world, client):
    writing = give(world)
    sent = {**as_read(writing), "text": "Corrigé.", "remark": "  ", "act": "return"}
    answer = world.sign_in(client, TEACHER).post(page("review", writing), sent)
    assert "une phrase suffit" in answer.content.decode() and "Corrigé." in answer.content.decode()
    writing.refresh_from_db()
    assert writing.state == "waiting"


def test_what_a_pupil_types_in_a_page_left_open_stays_beside_what_is_kept(world, client):
    writing = begin(world)
    world.sign_in(client, PUPIL)
    client.post(page("writing_edit", writing), {"title": "Un", "text": "Premier.", "version": 1, "act": "keep"})
    answer = client.post(page("writing_edit", writing), {"title": "Un", "text": "Second.", "version": 1, "act": "keep"})
    shown = answer.content.decode()
    assert "a changé ailleurs" in shown and "Premier." in shown and "Second." in shown
    version = re.search(r'name="version" value="(\d+)"', shown)[1]
    client.post(page("writing_edit", writing), {"title": "Un", "text": "Second.", "version": version, "act": "keep"})
    writing.refresh_from_db()
    assert writing.text == "Second."


def test_the_newspaper_and_the_council_are_read_by_their_own(world, client):
    paper, subject = publish(world), publish(world, title="Un coin pour lire", purpose="council")
    world.sign_in(client, TEACHER)
    client.post(page("journal_choose", paper), {"chosen": "1"})
    client.post(page("council_answer", subject), {"answer": "Oui, en mai.", "version": subject.version})
    journal = reverse("writings:school_journal", args=[world.schools["tilleuls"].pk])
    council = reverse("writings:classroom_council", args=[world.classrooms["cm2"].pk])
    for who in ("guardian", PUPIL):
        shown = text_of(world.sign_in(client, who), journal)
        assert paper.text in shown and "Les poules" in shown
        assert f"{paper.signature}," not in shown
    assert client.get(council).status_code == 200 and "Oui, en mai." in text_of(client, council)
    assert world.sign_in(client, "guardian").get(council).status_code == 404
    assert world.sign_in(client, "guardian_far").get(journal).status_code == 404


def test_an_accord_for_signed_works_taken_back_takes_the_name_from_everyone_else_at_once(world, client):
    """Class life, the text, the council, the newspaper, the search; the text stays; its author's own still read it."""
    name = "Maëlys-Jane"
    Person.objects.filter(pk=world.people[PUPIL].pk).update(first_name=name)
    paper = publish(world, title="Les poules d’ici")
    subject = publish(world, title="Un coin pour lire", purpose="council")
    actions.put_in_journal(person=world.people[TEACHER], writing=paper, is_in=True, now=now())
    room, school = world.classrooms["cm2"], world.schools["tilleuls"]
    pages = {
        "life": reverse("portal:classroom_life", args=[room.pk]), "text": page("writing_detail", paper),
        "council": reverse("writings:classroom_council", args=[room.pk]),
        "journal": reverse("writings:school_journal", args=[school.pk]),
        "home": HOME, "search": reverse("portal:search") + "?q=poules", "subject": page("writing_detail", subject),
    }  # fmt: skip

    def naming(who):
        world.sign_in(client, who)
        return {where for where, url in pages.items() if name in text_of(client, url).partition("<main")[2]}

    signed = {"life", "text", "council", "subject"}
    classmate = "guardian_ulis"
    assert naming(classmate) == set()  # unanswered is no
    for answer, everyone, all_school in (("yes", signed, {"journal"}), ("no", set(), set())):
        agree(world, answer, *Perimeter)
        assert naming(classmate) - {"home"} == everyone | all_school
        assert naming(PUPIL) >= signed and naming(TEACHER) >= signed and naming("guardian_other_class") >= signed
    assert paper.text in text_of(world.sign_in(client, classmate), pages["life"])


def test_pages_cost_the_same_whatever_was_written(world, client, django_assert_max_num_queries):
    room, school = world.classrooms["cm2"], world.schools["tilleuls"]
    counts = {}
    for count in (1, 3):
        for number in range(count):
            Writing.objects.filter(publication__state="waiting").delete()
            given = give(world, title=f"Donné {number}")
            shown = publish(world, title=f"Lu {number}", drawn=True)
            actions.put_in_journal(person=world.people[TEACHER], writing=shown, is_in=True, now=now())
            publish(world, title=f"Idée {number}", purpose="council")
            back = give_back(world, title=f"Rendu {number}")
        pages = {
            (PUPIL, HOME), (PUPIL, MINE), (PUPIL, page("writing_edit", back)), (PUPIL, page("writing_detail", shown)),
            (TEACHER, HOME), (TEACHER, reverse("writings:classroom_writings", args=[room.pk])),
            (TEACHER, page("review", given)), ("guardian_other_class", page("writing_detail", shown)),
            ("guardian_other_class", HOME), ("head", HOME),
            ("guardian_other_class", reverse("writings:classroom_council", args=[room.pk])),
            ("guardian", reverse("writings:school_journal", args=[school.pk])),
        }  # fmt: skip
        for who, url in sorted(pages):
            world.sign_in(client, who).get(url)
            with django_assert_max_num_queries(10) as asked:
                assert client.get(url).status_code == 200, url
            counts.setdefault((who, re.sub(r"[0-9a-f-]{30,}", "x", url)), []).append(len(asked))
            client.logout()
    assert {where: found for where, found in counts.items() if len(set(found)) > 1} == {}


def test_a_team_lists_what_its_class_gave_and_nobody_else_any(world, client, django_assert_max_num_queries):
    """Each page of the list holds what its reader sees of those texts, and not a draft."""
    room = world.classrooms["cm2"]
    begun, withdrawn = begin(world, title="Pas donné"), publish(world, title="Retiré")
    actions.withdraw(person=world.people[TEACHER], writing=withdrawn, now=now())
    given = {give(world, title="Donné"), give_back(world, title="Rendu"), publish(world, title="Lu"), withdrawn}
    for name, person in world.people.items():
        listed = set(reviewing.GIVEN.rows(person, TODAY, room.pk))
        assert listed == (given if rules.reads_over(person, room, TODAY) else set()), name
        assert listed <= set(rules.writings_visible_to(person, TODAY)) and begun not in listed, name
        assert not reviewing.GIVEN.rows(person, TODAY, world.classrooms["cpb"].pk), name
    world.sign_in(client, TEACHER)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("writings:classroom_writings", args=[room.pk])).content.decode()
    assert all(f">{text.title}" in page for text in given) and "Pas donné" not in page


def test_a_class_looks_again_at_its_own_texts_alone(world):
    image = {"kind": Accord.Kind.IMAGE}
    agree(world, Accord.Answer.YES, Perimeter.CLASS, **image)
    shown, head = publish(world, drawn=True), world.people["head"]
    agree(world, Accord.Answer.NO, Perimeter.CLASS, **image)
    found = {room: reviewing.TO_LOOK_OVER.rows(head, TODAY, world.classrooms[room].pk) for room in ("cm2", "cpb")}
    assert found == {"cm2": [shown], "cpb": []}


def test_one_image_is_taken_away_and_the_text_stays(world, client):
    """For the class, its families and its address, at once; the pupil is told, and other images are where they were."""
    shown, other = publish(world, drawn=True), publish(world, title="La mare", drawn=True)
    picture, text = shown.publication.pictures.get(), reverse("writings:writing_detail", args=[shown.pk])
    seen, removal = (reverse(name, args=[picture.pk]) for name in ("media:picture", "writings:picture_removal"))
    assert world.sign_in(client, "teacher").post(removal).status_code == 404
    for who in (PUPIL, "guardian_other_class"):
        assert world.sign_in(client, who).post(removal).status_code == 403
        assert removal not in client.get(text).text
    world.sign_in(client, TEACHER)
    assert removal in client.get(text).text and client.get(seen).status_code == 200
    assert "Le texte reste" in client.post(removal, follow=True).text
    for who in (PUPIL, "guardian_other_class"):
        world.sign_in(client, who)
        assert TEXT in client.get(text).text and client.get(seen).status_code == 404, who
        assert (actions.REMOVED in client.get(text).text) == (who == PUPIL)
    assert other.publication.pictures.count() == 1


def test_the_only_image_of_a_text_without_words_goes_with_it(world, client):
    writing = publish(world, text="", drawn=True)
    removal = reverse("writings:picture_removal", args=[writing.publication.pictures.get().pk])
    said = world.sign_in(client, TEACHER).post(removal, follow=True).text
    assert "retirez-le en entier" in said and writing.publication.pictures.count() == 1


def test_who_reads_over_sees_the_pictures_and_nobody_else_yet(world, client):
    writing = give(world, drawn=True)
    picture = writing.publication.pictures.get()
    seen = {
        who
        for who in world.actors()
        if world.sign_in(client, who).get(reverse("media:picture", args=[picture.pk])).status_code == 200
    }
    assert {PUPIL, TEACHER, "head"} <= seen and not seen & {"teacher", "guardian_other_class", "pupil", "head_far"}
