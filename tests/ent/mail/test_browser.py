"""In a browser: a mother writes and speaks to the teacher from a telephone in four touches, and is answered."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from preau.ent.mail import queries, rules
from preau.ent.mail.models import MessageFile
from tests.browser import assert_accessible, open_page
from tests.ent.mail.acts import begin
from tests.ent.notes.test_recording import MICROPHONE
from tests.world import TODAY


@pytest.mark.browser
@pytest.mark.apart
@pytest.mark.ffmpeg
def test_a_mother_writes_then_speaks_and_the_teacher_answers(world, browser, live_server):
    page = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account("guardian"))
    page.add_init_script(MICROPHONE)
    page.goto(reverse("mail:inbox"))
    page.get_by_role("link", name="Écrire", exact=True).click()
    page.get_by_role("link", name=world.people["teacher"].formal_name).click()
    page.get_by_label("Objet").fill("Le goûter")
    page.get_by_label("Message", exact=True).fill("Faut-il un goûter ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Faut-il un goûter ?")).to_be_visible()
    page.get_by_role("button", name="Enregistrer ma voix").click()
    page.get_by_role("button", name="Arrêter (1)").click()
    expect(page.get_by_label("Votre enregistrement")).to_be_visible()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("audio[src*=messages]")).to_be_visible()
    assert MessageFile.objects.get().ready_at
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    other = open_page(browser, live_server, reverse("mail:inbox"), width=1280, account=world.account("teacher"))
    other.get_by_role("link", name="Le goûter").click()
    expect(other.locator("audio[src*=messages]")).to_be_visible()
    other.get_by_label("Message", exact=True).fill("Oui, un fruit.")
    other.get_by_role("button", name="Envoyer").click()
    teacher = world.people["teacher"]
    assert queries.unread_count(teacher, rules.participations_of(teacher, TODAY)) == 0, "seen as it was shown"
    page.reload()
    expect(page.get_by_text("Oui, un fruit.")).to_be_visible()
    assert not page.elsewhere and not other.elsewhere


@pytest.mark.browser
@pytest.mark.apart
@pytest.mark.ffmpeg
def test_a_pupil_speaks_to_the_teacher_without_a_word_typed(world, browser, live_server):
    talk = begin(world, "teacher_other_class", ("pupil_cm2",), child=None, subject="Ton exposé")
    page = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account("pupil_cm2"))
    page.add_init_script(MICROPHONE)
    page.goto(reverse("mail:inbox"))
    assert_accessible(page, "mail/inbox.html")
    page.get_by_role("link", name=world.people["teacher_other_class"].formal_name).click()
    expect(page.get_by_role("button", name="Enregistrer ma voix")).to_be_visible()
    expect(page.get_by_label("Voix")).to_be_hidden()
    assert not page.get_by_role("button", name="Ranger").count()
    assert_accessible(page, "mail/conversation.html")
    page.get_by_role("button", name="Enregistrer ma voix").click()
    page.get_by_role("button", name="Arrêter (1)").click()
    expect(page.get_by_label("Ton enregistrement")).to_be_visible()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("audio[src*=messages]")).to_be_visible()
    path = reverse("mail:conversation", args=[talk.pk])
    other = open_page(browser, live_server, path, account=world.account("teacher_other_class"))
    expect(other.locator("audio[src*=messages]")).to_be_visible()
