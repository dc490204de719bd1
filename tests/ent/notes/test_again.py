"""The same mot sent from another page: « back » in the browser gives a new one the words of the former."""

import datetime
import re

from django.urls import reverse

from preau.ent.notes import actions
from preau.ent.notes.models import Note
from tests.ent.notes.test_mots import write_url

SAID = {"title": "Un mot", "text": "Bonjour.", "nature": "see"}
AGAIN = "Vous aviez déjà envoyé ce mot"


def send_from_a_new_page(world, client, **said):
    page = client.get(write_url(world)).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    return client.post(write_url(world), SAID | said | {"once": once}, follow=True)


def test_the_same_mot_from_a_new_page_leads_to_the_one_already_made(world, client):
    world.sign_in(client, "teacher")
    assert AGAIN not in send_from_a_new_page(world, client).text
    again = send_from_a_new_page(world, client)
    note = Note.objects.get()
    assert again.redirect_chain[-1][0] == reverse("notes:note_detail", args=[note.pk]) and AGAIN in again.text


def test_other_words_another_day_or_a_mot_taken_back_make_another(world, client):
    world.sign_in(client, "teacher")
    tomorrow = (world.today + datetime.timedelta(days=1)).isoformat()
    send_from_a_new_page(world, client)
    for count, said in enumerate(({"text": "Bonsoir."}, {"nature": "sign"}, {"due_on": tomorrow}), 2):
        assert AGAIN not in send_from_a_new_page(world, client, **said).text and Note.objects.count() == count, said
    first = Note.objects.get(text="Bonjour.", nature="see", due_at=None)
    actions.withdraw_note(person=world.people["teacher"], note=first, now=first.publication.published_at)
    assert AGAIN not in send_from_a_new_page(world, client).text and Note.objects.count() == 5


def test_the_same_mot_after_the_hour_is_another(world, client):
    world.sign_in(client, "teacher")
    send_from_a_new_page(world, client)
    publication = Note.objects.get().publication
    publication.created_at -= actions.writing.AGAIN
    publication.save(update_fields=["created_at"])
    send_from_a_new_page(world, client)
    assert Note.objects.count() == 2
