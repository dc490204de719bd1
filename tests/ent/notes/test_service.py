"""A translation service that an installation plugs in: asked by a job, once, without a name; and who rereads."""

import json
from contextlib import contextmanager

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import actions
from preau.ent.notes.models import LanguageReview, MachineTranslation
from preau.ent.notes.wordings import wordings
from preau.kit.answers import Refused
from preau.kit.outbound.translating import NotTranslated, hidden, shown
from tests.ent.notes.acts import send
from tests.ent.notes.test_languages import choose
from tests.kit.test_outbound import server
from tests.world import TODAY

pytestmark = pytest.mark.django_db


@contextmanager
def service(settings, say):
    """LibreTranslate on this machine; gives the texts it was sent."""

    def answer(handler):
        body = json.loads(asked[-1][2])
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(json.dumps({"translatedText": say(body)}).encode())

    with server(answer) as (url, asked):
        settings.TRANSLATION_URL = url
        yield asked


def reads(world, language, who="guardian"):
    world.people[who].reading_language = language
    world.people[who].save()


def page_of(world, client, note, language):
    return choose(world, client, language).get(reverse("notes:note_detail", args=[note.pk])).content.decode()


def test_a_mot_is_sent_once_without_a_name_and_read_with_its_names(world, client, settings):
    child, teacher = world.people["child_adam"], world.people["teacher"]
    text = f"{child.first_name} a oublié son manteau.\nDemandez à Mme {teacher.last_name.upper()}."
    reads(world, "tr")
    note = send(world, title="Un manteau <b>oublié</b>", text=text)
    with service(settings, lambda body: f"[{body['target']}] {body['q']}") as asked:
        assert (actions.translate_due(now=now()), actions.translate_due(now=now())) == (1, 0)
    sent = [json.loads(body) for _, _, body in asked]
    assert [(one["source"], one["target"]) for one in sent] == [("fr", "tr"), ("fr", "tr")]
    assert sent[1]["q"] == "[[0]] a oublié son manteau.\nDemandez à Mme [[1]]."
    page = page_of(world, client, note, "tr")
    assert "Otomatik çeviri" in page and f"[tr] {child.first_name} a oublié son manteau." in page
    assert "[tr] Un manteau &lt;b&gt;oublié&lt;/b&gt;" in page and "Fransızca özgün metin" in page
    assert "Автоматичний" not in page_of(world, client, note, "uk")  # nobody reads it: never sent


def test_a_corrected_mot_is_sent_again_and_its_former_words_are_not_shown(world, client, settings):
    reads(world, "es")
    note = send(world)
    with service(settings, lambda body: f"uno {body['q']}"):
        actions.translate_due(now=now())
    said = {"title": "Autre", "text": "Autre texte.", "version": 1, "has_shown_factor": False}
    actions.correct_note(person=world.people["teacher"], note=note, now=now(), **said)
    assert "Traducción automática" not in page_of(world, client, note, "es")
    with service(settings, lambda body: f"dos {body['q']}"):
        assert actions.translate_due(now=now()) == 1
    assert "dos Autre texte." in page_of(world, client, note, "es")


@pytest.mark.parametrize("say", [lambda body: "", lambda body: "no name at all", lambda body: 12])
def test_what_cannot_be_trusted_is_not_shown_and_the_mot_stays_in_french(world, client, settings, say):
    reads(world, "pt")
    note = send(world, title="Un mot", text=f"Pour {world.people['child_adam'].first_name}.")
    with service(settings, say) as asked:
        actions.translate_due(now=now())
        actions.translate_due(now=now())
    assert len(asked) <= 2 and MachineTranslation.objects.get().text == ""
    page = page_of(world, client, note, "pt")
    assert "Tradução automática" not in page and "Não está traduzido" in page


def test_nothing_leaves_unless_it_is_set_up_nor_for_a_whole_wording(world, settings):
    reads(world, "ar")
    one = wordings()["poux"]
    send(world, wording="poux", title=one.title, text=one.text, nature="see")
    assert actions.translate_due(now=now()) == 0
    with service(settings, lambda body: "x") as asked:
        assert actions.translate_due(now=now()) == 0 and asked == []
    settings.TRANSLATION_URL = "https://127.0.0.2/translate"  # a private address: refused, and French is read
    send(world)
    assert actions.translate_due(now=now()) == 1 and MachineTranslation.objects.get().text == ""


def test_a_name_is_hidden_as_it_is_written_and_never_lost():
    assert hidden("Rose et ROSE, rose [[9]]", ["Rose"]) == ("[[0]] et [[1]], rose ", ["Rose", "ROSE"])
    said = "He\u0301le\u0300ne, HELENE ou Helene d'Anjou écrit à lou.rose@ecole.example"
    assert hidden(said, ["Hélène", "d’Anjou"]) == (
        "[[0]], [[1]] ou [[2]] [[3]] écrit à [[4]]",
        ["Hélène", "HELENE", "Helene", "d'Anjou", "lou.rose@ecole.example"],
    )
    assert shown("a [[1]] b [[0]]", ["Rose", "Lou"]) == "a Lou b Rose"
    for broken in ("a [[0]]", "[[0]] [[0]] [[1]]", "[[0]] [[1]] [[2]]"):
        with pytest.raises(NotTranslated):
            shown(broken, ["Rose", "Lou"])


def test_the_city_notes_who_reread_a_language_and_families_read_it(world, client, monkeypatch):
    one = wordings()["poux"]
    note = send(world, wording="poux", title=one.title, text=one.text, nature="see")
    city = world.cities["marelle"]
    url = f"{reverse('notes:city_languages', args=[city.pk])}?langue=ar"
    office = world.sign_in(client, "city_education")
    assert "شوهد قمل في المدرسة." in office.get(url).content.decode()
    assert office.post(url, {"reviewer": "", "reread_on": ""}).status_code == 422
    assert office.post(url, {"reviewer": "Mme Amina Relue", "reread_on": TODAY}).status_code == 302
    assert "relue par Mme Amina Relue" in office.get(url).content.decode()
    assert "ترجمة راجعها" in page_of(world, client, note, "ar") and LanguageReview.objects.get().noted_by
    assert "Çeviriyi gözden geçiren" not in page_of(world, client, note, "tr")
    LanguageReview.objects.update(words="other")  # the words changed since
    assert "ترجمة تحتاج إلى مراجعة" in page_of(world, client, note, "ar")
    with pytest.raises(Refused):
        actions.note_review(
            person=world.people["head"], city=city, language="ar", reviewer="x", reread_on=TODAY, now=now()
        )
