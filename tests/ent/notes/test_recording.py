"""In a browser: a guardian records in the page, hears it, and sends it; a file too heavy is told before it leaves."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from preau.ent.notes.models import AnswerFile
from tests.browser import open_page
from tests.ent.notes.acts import send

# A sound of the page's own instead of a microphone: the recorder is the browser's.
MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const line = context.createMediaStreamDestination();
  tone.connect(line);
  tone.start();
  return line.stream;
};"""


@pytest.mark.browser
@pytest.mark.apart
@pytest.mark.ffmpeg
def test_a_guardian_answers_aloud_on_a_telephone(world, browser, live_server, tmp_path):
    note = send(world, nature="text", title="Atelier", text="Que voulez-vous faire ?")
    page = open_page(browser, live_server, "/", width=360, account=world.account("guardian"))
    page.add_init_script(MICROPHONE)
    page.goto(reverse("notes:note_detail", args=[note.pk]))
    heavy = tmp_path / "voix.webm"
    heavy.write_bytes(bytes(11 * 1024 * 1024))
    page.locator("[data-record]").set_input_files(heavy)
    expect(page.get_by_role("alert")).to_have_text("Ce fichier est trop lourd. Choisissez-en un plus léger.")
    expect(page.locator(".field-wrong")).to_be_visible()
    page.get_by_role("button", name="Enregistrer ma voix").click()
    stop = page.get_by_role("button", name="Arrêter (1)")
    stop.click()
    expect(page.get_by_label("Votre enregistrement")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Répondre").click()
    expect(page.locator("audio[src*=reponses]")).to_be_visible()
    file = AnswerFile.objects.get()
    assert file.ready_at and 1 <= file.seconds_count <= 3
    given = page.request.get(page.locator("audio[src*=reponses]").get_attribute("src"))
    assert given.headers["content-type"] == "audio/mpeg"
    assert not page.elsewhere
