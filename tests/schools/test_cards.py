"""« Cartes et images » of a class: what pupils enter by is given, printed and refused by who teaches them."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from pypdf import PdfReader

import preau
from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.people.models import Badge, Person, PictureCode, PupilSign
from preau.people.queries.cards import codes_of, signs_of
from preau.schools import card_words, printing
from preau.schools.actions import cards as actions
from preau.schools.models import Enrolment
from tests.people.shown import pupil_of_badge

pytestmark = pytest.mark.django_db
CLASS, HOME = Badge.Kind.CLASS, Badge.Kind.HOME


def act(world, who="teacher", room="cpb", **more):
    return {"person": world.people[who], "classroom": world.classrooms[room], "now": now(), **more}


def address(world, name="cards", *more, room="cpb"):
    return reverse(f"schools:{name}", args=[world.classrooms[room].pk, *more])


def test_a_class_gets_its_drawings_and_from_cp_its_pictures_in_one_press(world, client):
    world.sign_in(client, "teacher")
    adam = world.people["child_adam"]
    page = client.get(address(world)).content.decode()
    assert "2\u00a0élèves n’ont pas encore leur dessin ou" in page and "de quoi entrer" not in page
    assert not PupilSign.objects.exists(), "a page writes nothing"
    page = client.post(address(world, "cards_prepare"), follow=True).content.decode()
    assert "Chacun reçoit" not in page and str(signs_of([adam])[adam.pk]) in page
    assert len(codes_of([adam])[adam.pk]) == 4 and page.count("Quatre autres images") == 2
    actions.prepare_cards(**act(world, "head", "gs"))
    assert PupilSign.objects.count() == 3 and PictureCode.objects.count() == 2, "none in nursery"
    with pytest.raises(Conflict, match="maternelle"):
        actions.draw_pictures(**act(world, "head", "gs", pupil=world.people["child_two_one"]))


def test_cards_are_printed_with_their_secret_and_the_former_ones_end(world, client):
    world.sign_in(client, "teacher")
    answer = client.post(address(world, "cards_print"))
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    said = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert world.people["child_adam"].full_name in said, "two of the class would read « Child C. »"
    first = list(Badge.objects.values_list("pk", flat=True))
    assert len(first) == 2 and Entry.objects.filter(verb="cards.print_class").count() == 1
    (made, *_) = actions.print_cards(**act(world, kind=CLASS, pupil=world.people["child_adam"]))
    assert pupil_of_badge(made[1], CLASS, localdate()) == world.people["child_adam"]
    assert Badge.objects.filter(pk__in=first, ended_at=None).count() == 1, "the other pupil's stays good"


def test_nothing_on_cards_is_smaller_than_eight_points(world, client):
    world.sign_in(client, "teacher")
    client.post(address(world, "cards_prepare"))
    printed = [client.post(address(world, name)) for name in ("cards_print", "home_cards_print")]
    for answer in (*printed, client.get(address(world, "pictures_sheet"))):
        sizes = []

        def note(text, _, place, __, size, sizes=sizes):
            if text.strip():
                sizes.append(size * place[0])

        PdfReader(BytesIO(answer.content)).pages[0].extract_text(visitor_text=note)
        assert sizes and min(sizes) >= 8, sizes


def test_the_square_of_each_card_opens_for_the_pupil_it_names(world, client, monkeypatch):
    drawn = []
    monkeypatch.setattr(card_words, "draw_sheet", lambda *order, **content: drawn.extend(content["rows"]) or b"%PDF")
    world.sign_in(client, "teacher")
    for name, kind in (("cards_print", CLASS), ("home_cards_print", HOME)):
        drawn.clear()
        client.post(address(world, name))
        for row in drawn:
            place, _, secret = row["target"].partition("#")
            assert place == "http://testserver/carte/"
            assert pupil_of_badge(secret, kind, localdate()).full_name == row["name"]
        assert len(drawn) == 2


def test_a_card_is_refused_in_one_press_and_the_other_kind_stays(world, client):
    adam = world.people["child_adam"]
    tokens = {kind: actions.print_cards(**act(world, kind=kind, pupil=adam))[0][1] for kind in (CLASS, HOME)}
    world.sign_in(client, "teacher")
    page = client.post(address(world, "card_refuse", adam.pk), {"kind": "class"}, follow=True).content.decode()
    assert "n’est plus acceptée" in page
    found = [pupil_of_badge(token, kind, localdate()) for kind, token in tokens.items()]
    assert found == [None, adam]


def test_a_drawing_is_changed_unless_a_classmate_has_it(world, client):
    actions.prepare_cards(**act(world))
    adam, lina = world.people["child_adam"], world.people["child_lina"]
    hers, url = signs_of([lina])[lina.pk], address(world, "sign", adam.pk)
    world.sign_in(client, "teacher")
    answer = client.post(url, {"picture": hers.picture, "colour": hers.colour})
    assert answer.status_code == 422 and "Un autre élève de la classe a ce dessin" in answer.content.decode()
    assert client.post(url, {"picture": "sun"}).status_code == 422
    other = "pink" if hers.colour != "pink" else "blue"
    assert client.post(url, {"picture": hers.picture, "colour": other}).status_code == 302
    assert str(signs_of([adam])[adam.pk]) != str(hers) and signs_of([adam])[adam.pk].picture == hers.picture


def test_who_may_make_cards_and_for_whom(world):
    adam, elsewhere = world.people["child_adam"], world.people["pupil_cm2"]
    for who in ("teacher", "supply", "head"):
        actions.print_cards(**act(world, who, kind=CLASS))
    for who in ("teacher", "head"):
        actions.print_cards(**act(world, who, kind=HOME, pupil=adam))
    before = list(Badge.objects.order_by("pk").values())
    with pytest.raises(Refused, match="maison"):
        actions.print_cards(**act(world, "supply", kind=HOME))
    for who in ("aesh", "teacher_other_class", "guardian", "city_education", "pupil_cm2"):
        for write in (actions.prepare_cards, lambda **more: actions.print_cards(**more, kind=CLASS)):
            with pytest.raises(Refused):
                write(**act(world, who))
        for write in (lambda **more: actions.refuse_card(**more, kind=CLASS), actions.draw_pictures):
            with pytest.raises(Refused):
                write(**act(world, who, pupil=adam))
    for write in (lambda **more: actions.refuse_card(**more, kind=CLASS), actions.draw_pictures):
        with pytest.raises(Conflict, match="plus dans la classe"):
            write(**act(world, pupil=elsewhere))
    assert list(Badge.objects.order_by("pk").values()) == before


def test_an_aesh_sees_the_list_without_the_cards(world, client):
    world.sign_in(client, "aesh")
    page = client.get(reverse("schools:classroom", args=[world.classrooms["cpb"].pk])).content.decode()
    assert "Cartes et images" not in page
    assert client.get(address(world)).status_code == 403
    assert client.get(address(world, "pictures_sheet")).status_code == 403


def test_the_page_asks_as_much_of_the_base_for_a_class_of_two_as_of_thirty(
    world, client, django_assert_max_num_queries
):
    actions.print_cards(**act(world, kind=CLASS))
    world.sign_in(client, "teacher")
    for count in (0, 30):
        made = Person.objects.bulk_create(Person(first_name="Élève", last_name=f"Toupie {n}") for n in range(count))
        room = world.classrooms["cpb"]
        placed = {"school": room.school, "classroom": room, "level": "CP", "starts_on": world.before}
        Enrolment.objects.bulk_create(Enrolment(pupil=pupil, **placed) for pupil in made)
        with django_assert_max_num_queries(10):
            assert client.get(address(world)).content.count(b'id="eleve-') == 2 + count


def test_paper_has_the_colours_of_the_screens():
    css = (Path(preau.__file__).parent / "kit/static/kit/preau.css").read_text()
    assert dict(re.findall(r"--sign-(\w+): (#\w+)", css)) == printing.INKS | {"ink": printing.INK, "sheet": "#ffffff"}


def test_the_sheet_of_pictures_names_each_pupil_and_is_read_by_who_teaches_them(world, client):
    actions.prepare_cards(**act(world))
    world.sign_in(client, "teacher")
    before = list(PictureCode.objects.values())
    pdf = client.get(address(world, "pictures_sheet"))
    assert "Je ne les montre à personne" in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    assert list(PictureCode.objects.values()) == before and pdf["Cache-Control"] == "no-store"
