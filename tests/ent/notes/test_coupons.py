"""Nobody left out: who is not reached and why, coupons for exactly those, noted when they are back."""

import datetime
import json
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext, override
from fpdf import FPDF

from preau.ent.notes import actions, queries
from preau.ent.notes.models import Answer
from preau.ent.notes.wordings import wordings
from preau.kit.answers import Conflict, Refused
from preau.notify import papers
from preau.notify.models import Expected, Notice
from preau.notify.papers import Coupon
from preau.people.models import Person
from preau.schools.models import Guardianship
from tests.ent.notes.acts import answer, send

AT_830, AT_1730 = datetime.time(8, 30), datetime.time(17, 30)

pytestmark = pytest.mark.django_db


def follow(note, today):
    note.refresh_from_db()
    return queries.follow_up(note, note.targets.all(), today)


def expected_of(note, person, child):
    return Expected.objects.get(notice__publication=note.publication_id, person=person, child=child)


def printed(world, client, note, who="teacher"):
    """What the coupons say, without drawing them."""
    with patch.object(papers, "draw_sheet", side_effect=lambda module, title, now, **said: json.dumps(said)) as draw:
        response = world.sign_in(client, who).post(reverse("notes:coupons_create", args=[note.pk]))
    return [Coupon(**one) for one in draw.call_args.kwargs["coupons"]] if draw.called else response


def give_back(world, client, coupon, who="teacher", **said):
    return world.sign_in(client, who).post(coupon.address, {"version": 1, "agreed": "yes"} | said)


def test_coupons_are_printed_for_exactly_those_not_reached_and_counted_when_they_are_back(world, client):
    note = send(world)
    world.sign_in(client, "guardian").post(reverse("notes:seen_create", args=[note.pk]), {"version": 1})
    coupons = printed(world, client, note)
    names = {(one.child.split()[-1], one.guardian) for one in coupons}
    lina = {("Canari-child_lina", world.people[who].formal_name) for who in ("guardian_other_family", "guardian_paper")}
    assert names == lina | {("Canari-child_adam", world.people["guardian_coparent"].formal_name)}
    assert follow(note, world.today).to_reach_count == 1  # printed is not back
    for coupon in coupons:
        assert client.get(coupon.address).status_code == 200 and give_back(world, client, coupon).status_code == 302
    found = follow(note, world.today)
    assert (found.to_reach_count, len(found.coupons), found.paper_count) == (0, 0, 2)
    assert "Tous les élèves sont joints" in client.get(reverse("notes:note_follow", args=[note.pk])).content.decode()
    assert printed(world, client, note).status_code == 302  # nobody is left


def test_a_coupon_names_its_own_guardian_and_no_other(world, client):
    coupons = printed(world, client, send(world))
    mine = next(one for one in coupons if one.guardian == world.people["guardian"].formal_name)
    assert "Canari-guardian_coparent" not in json.dumps(mine.__dict__)
    assert not any(world.people["guardian_restricted"].formal_name == one.guardian for one in coupons)


def test_a_coupon_scanned_twice_counts_once_and_may_be_corrected(world, client):
    note = send(world)
    coupon = next(one for one in printed(world, client, note) if "lina" in one.child)
    give_back(world, client, coupon)
    give_back(world, client, coupon, agreed="no")
    (found,) = Answer.objects.all()
    assert (found.agreed, found.paper_at is not None) == ("no", True)


def test_a_coupon_does_not_undo_what_was_answered_on_a_screen(world, client):
    note = send(world)
    coupon = next(one for one in printed(world, client, note) if one.guardian == world.people["guardian"].formal_name)
    answer(world, note)
    response = give_back(world, client, coupon, agreed="no")
    assert response.status_code == 422 and "a déjà répondu" in response.content.decode()
    assert Answer.objects.get().agreed == "yes"


@pytest.mark.parametrize("asks_again, counts", [(False, True), (True, False)])
def test_what_was_signed_before_the_mot_asked_again_counts_no_more_on_paper_either(world, client, asks_again, counts):
    note = send(world)
    coupon = next(one for one in printed(world, client, note) if "lina" in one.child)
    actions.correct_note(
        person=world.people["teacher"],
        note=note,
        title=note.title,
        text="La classe va à la mer.",
        version=1,
        has_shown_factor=True,
        now=now(),
        asks_again=asks_again,
    )
    shown = client.get(coupon.address).context["form"]["version"].value()  # what the page sends back
    response = give_back(world, client, coupon, version=shown)
    assert Answer.objects.exists() == counts
    assert response.status_code == 302 if counts else "imprimez-en un autre" in response.content.decode()
    again = printed(world, client, note)
    if asks_again:
        coupon = next(one for one in again if "lina" in one.child)
        give_back(world, client, coupon, version=client.get(coupon.address).context["form"]["version"].value())
    assert Answer.objects.get().agreed == "yes"


@pytest.mark.parametrize("who", ["guardian", "aesh", "teacher_other_class", "head_other_school", "city_education"])
def test_nobody_else_prints_nor_notes_a_coupon(world, client, who):
    note = send(world)
    expected = expected_of(note, world.people["guardian"], world.people["child_adam"])
    for name, key in (("coupons_create", note.pk), ("coupon_return", expected.pk)):
        response = world.sign_in(client, who).post(
            reverse(f"notes:{name}", args=[key]), {"version": 1, "agreed": "yes"}
        )
        assert response.status_code == 404
    with pytest.raises(Refused):
        actions.return_coupon(
            person=world.people[who], note=note, expected=expected, version=1, agreed="yes", now=now()
        )
    assert not Answer.objects.exists() and not Expected.objects.exclude(paper_out_at=None).exists()


def test_a_parent_who_teaches_notes_no_coupon_of_their_own_child(world, client):
    note = send(world)
    expected = expected_of(note, world.people["guardian"], world.people["child_adam"])
    Guardianship.objects.create(
        guardian=world.people["teacher"], child=world.people["child_adam"], starts_on=world.before
    )
    response = world.sign_in(client, "teacher").post(
        reverse("notes:coupon_return", args=[expected.pk]), {"version": 1, "agreed": "no"}
    )
    assert response.status_code == 403


def test_a_family_asks_for_paper_and_gets_its_coupon_though_it_has_read(world, client):
    note, url = send(world), "notes:paper_create"
    guardian = world.sign_in(client, "guardian")
    guardian.post(reverse("notes:seen_create", args=[note.pk]), {"version": 1})
    for _ in range(2):
        guardian.post(reverse(url, args=[note.pk, world.people["child_adam"].pk]))
    assert "le rapportera" in guardian.get(reverse("notes:note_detail", args=[note.pk])).content.decode()
    assert 'id="signer"' in guardian.get("/aujourdhui/").content.decode()  # asked for, not answered
    assert world.people["guardian"].formal_name in {one.guardian for one in printed(world, client, note)}
    assert guardian.post(reverse(url, args=[note.pk, world.people["child_lina"].pk])).status_code == 404


def test_what_is_shown_is_seen_and_what_is_only_to_read_asks_nothing_more(world, client):
    to_sign, to_read = send(world), send(world, nature="see", title="À lire")
    guardian = world.sign_in(client, "guardian")
    page = guardian.get(reverse("notes:note_detail", args=[to_read.pk])).content.decode()
    assert "data-seen" in page and not Answer.objects.exists()  # a GET writes nothing
    for note in (to_sign, to_read):
        assert guardian.post(reverse("notes:seen_create", args=[note.pk]), {"version": 1}).status_code == 204
        child = next(line for line in follow(note, world.today).children if "adam" in line.name)
        assert child.state == ("seen" if note == to_sign else "partial")
    home = guardian.get("/aujourdhui/").content.decode()
    assert "1\u00a0mot vous attend" in home and "À lire" not in home


def test_while_the_list_is_written_nothing_is_printed_and_the_page_says_so(world, client):
    note = send(world)
    Expected.objects.all().delete()
    Notice.objects.update(frozen_at=None, told_at=None)
    page = world.sign_in(client, "teacher").get(reverse("notes:note_follow", args=[note.pk])).content.decode()
    assert "La liste des familles se fait encore" in page and "Canari-child_adam" in page
    with pytest.raises(Conflict):
        actions.print_coupons(person=world.people["teacher"], note=note, now=now())


def test_a_head_reads_on_the_home_which_mots_have_children_left(world, client):
    note = send(world)
    Notice.objects.update(leaves_at=now() + datetime.timedelta(hours=1))
    home = world.sign_in(client, "head").get("/aujourdhui/").content.decode()
    assert "à joindre" not in home, "nothing has warned them yet"
    Notice.objects.update(leaves_at=now())
    home = client.get("/aujourdhui/").content.decode()
    assert "2\u00a0élèves à joindre" in home and "Sortie au parc" in home
    for coupon in printed(world, client, note):
        give_back(world, client, coupon)
    assert "à joindre" not in world.sign_in(client, "head").get("/aujourdhui/").content.decode()


def test_coupons_of_a_long_mot_and_of_many_choices_stand_on_their_page():
    coupon = Coupon(
        "École Tilleuls",
        "Adam Canari",
        "Mme Craie",
        "Un mot",
        "Jeudi 8 octobre",
        "Une phrase longue. " * 150,
        tuple(f"Lundi {number} à 16 h 45" for number in range(8)),
        "À rendre.",
        "http://localhost/mots/coupons/1/",
    )
    assert papers.draw([coupon, coupon], title="Coupons", now=now()).startswith(b"%PDF")


def test_boxes_in_two_languages_never_reach_the_signature(monkeypatch):
    low, rect = [], FPDF.rect

    def watched(self, x, y, wide, high, **asked):
        low.extend([y + high] * (wide == papers.BOX))
        return rect(self, x, y, wide, high, **asked)

    monkeypatch.setattr(FPDF, "rect", watched)
    boxes = tuple(f"Lundi {number} à 16 h 45 / Понеділок {number} о 16:45" for number in range(8))
    said = ("École Tilleuls", "Adam Canari", "Mme Craie", "Un mot", "Jeudi 8 octobre", "Une phrase. " * 20)
    papers.draw([Coupon(*said, boxes, "À rendre.", "http://localhost/mots/coupons/1/")], title="x", now=now())
    signature = papers.PAGE_HEIGHT / 3 - papers.PAD - 8
    assert len(low) == 8 and max(low) < signature


def test_one_act_reminds_those_who_have_not_opened_and_they_alone(world, client):
    note = send(world)
    Notice.objects.update(leaves_at=now() - datetime.timedelta(minutes=1))  # tests run at night too
    world.sign_in(client, "guardian").post(reverse("notes:seen_create", args=[note.pk]), {"version": 1})
    page = world.sign_in(client, "teacher").get(reverse("notes:note_follow", args=[note.pk])).content.decode()
    assert "Relancer 2\u00a0responsables" in page
    with patch("preau.ent.notes.actions.coupons.notify.remind", return_value=2) as told:
        page = client.post(reverse("notes:reminder_create", args=[note.pk]), follow=True).content.decode()
    asked = {one.last_name for one in told.call_args.kwargs["people"]}
    assert asked == {"Canari-guardian_coparent", "Canari-guardian_other_family"} and "seront prévenus" in page


def test_nobody_is_reminded_before_being_told_once(world, client):
    """A mot sent in the digital pause leaves in the morning: a reminder would leave with it, twice the same."""
    note, morning = send(world), now() + datetime.timedelta(hours=9)
    Notice.objects.update(leaves_at=morning)
    page = world.sign_in(client, "teacher").get(reverse("notes:note_follow", args=[note.pk])).text
    assert "Relancer" not in page and "Un rappel se fait ensuite" in page
    with patch("preau.ent.notes.actions.coupons.notify.remind", return_value=2) as told:
        said = client.post(reverse("notes:reminder_create", args=[note.pk]), follow=True).text
    assert "pas encore prévenues" in said and not told.called


@pytest.mark.parametrize(
    "language, lines, boxes",
    [
        ("tr", "Okulda bit görüldü.", ("D’accord / Kabul ediyorum", "Pas d’accord / Kabul etmiyorum")),
        ("uk", "У школі помітили вошей.", ("D’accord / Згоден (згодна)", "Pas d’accord / Не згоден (не згодна)")),
        ("ar", "شوهد قمل في المدرسة.", ("D’accord / موافق", "Pas d’accord / غير موافق")),
    ],
)
def test_a_coupon_is_in_french_then_in_the_language_of_who_signs(world, client, language, lines, boxes):
    one = wordings()["poux"]
    world.people["guardian_other_family"].reading_language = language
    world.people["guardian_other_family"].save()
    note = send(world, wording="poux", title=one.title, text=one.text, nature="sign")
    coupons = {coupon.guardian: coupon for coupon in printed(world, client, note)}
    other = coupons.pop(world.people["guardian_other_family"].formal_name)
    assert (other.text, other.boxes) == (one.text, boxes) and lines in other.said and " / " in other.sign
    with override(language):
        assert other.said.splitlines()[0] == gettext("Traduction à relire")
    french = {(each.text, each.said, each.boxes, each.sign) for each in coupons.values()}
    assert french == {(one.text, "", ("D’accord", "Pas d’accord"), papers.SIGN)}


def test_the_coupon_of_an_outing_says_when_and_what_becomes_of_the_child_in_the_language_of_who_signs(world, client):
    world.people["guardian_other_family"].reading_language = "en"
    world.people["guardian_other_family"].save()
    hours = {
        "happens_on": world.today + datetime.timedelta(days=7),
        "outing": "beyond",
        "leaves_at": AT_830,
        "returns_at": AT_1730,
    }
    coupons = {each.guardian: each for each in printed(world, client, send(world, nature="sign", **hours))}
    said = coupons[world.people["guardian_other_family"].formal_name].said
    assert "Leaves at 08:30. Back at 17:30." in said and "your child stays at school" in said
    assert said.endswith("Return this slip to school, in the home–school notebook.")


def test_a_coupon_says_who_reread_its_language_as_the_screen_does(world, client):
    reader, one = world.people["guardian_other_family"], wordings()["poux"]
    Person.objects.filter(pk=reader.pk).update(reading_language="en")
    note = send(world, wording="poux", title=one.title, text=one.text, nature="sign")
    agent, city = world.people["city_education"], world.schools["tilleuls"].city
    review = {"language": "en", "reviewer": "Mme Reid", "reread_on": world.today}
    actions.note_review(person=agent, city=city, now=now(), **review)
    said = {each.guardian: each.said for each in printed(world, client, note)}[reader.formal_name]
    assert said.splitlines()[0] == "Translation checked by Mme Reid" and "to be checked" not in said


def test_a_mot_taken_back_is_neither_printed_nor_recalled(world, client):
    note = send(world)
    actions.withdraw_note(person=world.people["teacher"], note=note, now=now())
    page = world.sign_in(client, "teacher").get(reverse("notes:note_follow", args=[note.pk])).text
    assert "Ce mot est retiré" in page and "à joindre" not in page and "Canari-child_lina" in page
    for name in ("coupons_create", "reminder_create"):
        url = reverse(f"notes:{name}", args=[note.pk])
        refused = client.post(url)
        assert url not in page and refused.status_code == 403 and "Ce mot est retiré" in refused.text
    assert not Expected.objects.exclude(paper_out_at=None).exists()
