"""The cahier de liaison on a telephone of 360 px, each touch and each field counted (users.md §3.2, rows 5 to 7)."""

from unittest.mock import patch

import pytest
from django.urls import reverse

from preau.ent.notes.models import Answer, Note
from preau.notify import papers
from preau.schools.models import Guardianship
from tests.browser import assert_no_sideways_scroll, new_page
from tests.world import add_child

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class Thumb:
    """A telephone whose touches and fields are counted."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def touch(self, role, name):
        self.count += 1
        assert_no_sideways_scroll(self.page)
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()

    def write(self, label, text):
        self.count += 1
        self.page.get_by_label(label).first.fill(text)


@pytest.fixture
def hold(browser, live_server, world):
    """A telephone, in somebody's hand, on their home."""

    def open_for(actor, javascript=True):
        page = new_page(browser, live_server, width=360, account=world.account(actor), javascript=javascript)
        page.goto("/aujourdhui/")
        return Thumb(page)

    return open_for


@pytest.mark.parametrize("javascript", [True, False])
def test_a_mot_is_written_in_five_acts_and_signed_in_two(hold, world, javascript):
    teacher = hold("teacher", javascript)
    teacher.touch("link", "Écrire un mot")
    teacher.write("Titre", "Sortie au bois")
    teacher.write("Le mot, tel que", "La classe va au bois. Il faut des bottes.")
    teacher.touch("button", "Envoyer aux familles")
    note = Note.objects.get()
    assert teacher.count <= 5 and "Le mot est parti" in teacher.page.inner_text("main")
    parent = hold("guardian", javascript)
    parent.touch("link", "Sortie au bois")
    sizes = "[...document.querySelectorAll('.said p')].map((each) => parseFloat(getComputedStyle(each).fontSize))"
    if javascript:
        assert min(parent.page.evaluate(sizes)) >= 18
    parent.touch("button", "Je signe")
    assert parent.count <= 3 and "Vous avez signé" in parent.page.inner_text("main")
    assert Answer.objects.get(note=note).guardian == world.people["guardian"]
    if javascript:
        other = hold("guardian_coparent")
        other.touch("link", "Sortie au bois")
        other.page.wait_for_load_state("networkidle")
        assert note.publication.notice.expected.filter(seen_at__isnull=False).count() == 2  # by the page shown


def test_coupons_of_three_families_in_one_act_and_back_by_their_codes(hold, world, live_server):
    add_child(world, "child_tom", "cpb", "CP", ["guardian_paper"])
    add_child(world, "child_zoe", "cpb", "CP", ["guardian_paper"])
    Guardianship.objects.filter(guardian=world.people["guardian_other_family"]).delete()
    teacher = hold("teacher")
    teacher.touch("link", "Écrire un mot")
    teacher.write("Titre", "Réunion")
    teacher.write("Le mot, tel que", "Une réunion a lieu jeudi.")
    teacher.touch("button", "Envoyer aux familles")
    parent = hold("guardian")
    parent.touch("link", "Réunion")
    parent.touch("button", "Je signe")
    coparent = hold("guardian_coparent")
    coparent.touch("link", "Réunion")
    coparent.page.wait_for_load_state("networkidle")  # the page tells that it is read after it is shown
    teacher.page.goto(reverse("notes:note_follow", args=[Note.objects.get().pk]))
    assert "Il reste 3" in teacher.page.inner_text("h1")
    teacher.count, drawn = 0, []
    with patch.object(
        papers, "draw_sheet", side_effect=lambda module, title, now, **said: drawn.append(said) or b"%PDF-1.4"
    ):
        form = teacher.page.locator("form[action$='/coupons/']")
        assert "Imprimer 3" in form.inner_text()
        teacher.count += 1
        sent = teacher.page.request.post(
            live_server.url + form.get_attribute("action"),
            form={"csrfmiddlewaretoken": form.locator("input").get_attribute("value")},
            headers={"Referer": live_server.url},
        )
    assert sent.headers["content-type"] == "application/pdf" and teacher.count == 1
    for coupon in drawn[0]["coupons"]:
        teacher.count = 0
        teacher.page.goto(coupon["address"])  # the camera opens what the code says
        teacher.touch("button", "Signé")
        assert teacher.count == 1 and "Le coupon est noté" in teacher.page.inner_text("main")
    assert teacher.page.inner_text("h1") == "Tous les élèves sont joints"
