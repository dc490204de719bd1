"""A notebook taken away: opened without Préau, holding nothing of another child, then forgotten at its date."""

import datetime
import io
import re
import zipfile

import pytest
from django.core import mail as sent
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.timezone import now
from pypdf import PdfReader

from preau.ent.portfolio import actions, notices, queries
from preau.ent.portfolio.clocks import CLOCKS
from preau.ent.portfolio.models import Page, Takeaway
from preau.kit.answers import Conflict, Refused
from preau.kit.dates import months_before
from preau.kit.models import Outgoing
from preau.schools.models import Enrolment
from preau.spaces import actions as spaces
from preau.spaces.models import Stop
from tests.ent.portfolio.acts import ADAM, photo, voice, write
from tests.world import TODAY

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def taken(world, client, who="guardian", child="child_adam", kind="zip"):
    actions.ask_takeaway(person=world.people[who], child=world.people[child], now=now())
    made = Takeaway.objects.get(guardian=world.people[who])
    answer = world.sign_in(client, who).get(reverse(f"portfolio:takeaway_{kind}", args=[made.pk]))
    return made, b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr("preau.media.voices.programme", lambda: "/usr/bin/ffmpeg")
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (b"\xff\xf3" + bytes(900), 3))


def test_the_archive_opens_alone_and_holds_nothing_of_another_child(world, client, heard):
    write(world, pieces=[photo("Des jetons")], domains=["langage"])
    write(world, title="Ma voix", text="<b>non</b>", pieces=[voice()])
    write(world, children=("child_lina",), title="Canari-lina", pieces=[photo()])
    write(world, title="Canari-brouillon", to=Page.State.DRAFT, pieces=[photo()])
    actions.settle_pieces(now=now())
    made, content = taken(world, client)
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = set(archive.namelist())
    year = Page.objects.first().school_year
    made_of = {"index.html", "style.css", "textes.txt", "cahier.pdf"}
    assert names == made_of | {f"images/{year}-01-1.webp", f"sons/{year}-02-1.mp3"}
    page = archive.read("index.html").decode()
    assert ADAM in page and "Des jetons" in page and "&lt;b&gt;non" in page and "Mobiliser le langage" in page
    assert "Canari-lina" not in page and "Canari-brouillon" not in page and "<script" not in page
    linked = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert linked and set(linked) <= names  # nothing is fetched from elsewhere, and all that is named is there
    assert archive.read(f"images/{year}-01-1.webp")[:4] == b"RIFF"
    told = client.get(reverse("portfolio:takeaway", args=[made.child_id])).content.decode()
    assert "2\u00a0pages prêtes" in told and "0,1 Mo" in told
    words = "".join(each.extract_text() for each in PdfReader(io.BytesIO(archive.read("cahier.pdf"))).pages)
    assert "Canari-cahier-adam" in words and "Canari-lina" not in words and made.pages_count == 2


def test_each_guardian_takes_away_theirs_and_nobody_else_opens_it(world, client):
    write(world)
    made, content = taken(world, client, kind="pdf")
    assert content.startswith(b"%PDF") and len(content) == made.pdf_weight
    for who in ("guardian_coparent", "guardian_restricted", "guardian_other_family", "teacher", "head", "operator"):
        for kind in ("pdf", "zip"):
            url = reverse(f"portfolio:takeaway_{kind}", args=[made.pk])
            assert world.sign_in(client, who).get(url).status_code == 404, who
    for who in ("guardian_restricted", "guardian_other_family", "teacher", "head"):
        with pytest.raises(Refused):
            actions.ask_takeaway(person=world.people[who], child=world.people["child_adam"], now=now())
    paths = (made.pdf_path, made.zip_path)
    later = now() + datetime.timedelta(hours=1)
    again = actions.ask_takeaway(person=world.people["guardian"], child=world.people["child_adam"], now=later)
    assert again.pk != made.pk and Takeaway.objects.count() == 1 and default_storage.exists(paths[0])


def test_an_empty_notebook_is_told_and_made_by_nobody(world, client):
    with pytest.raises(Conflict):
        actions.ask_takeaway(person=world.people["guardian"], child=world.people["child_adam"], now=now())
    page = world.sign_in(client, "guardian").post(
        reverse("portfolio:takeaway", args=[world.people["child_adam"].pk]), follow=True
    )
    assert "aucune page à emporter" in page.content.decode() and not Takeaway.objects.exists()


def left(world, on):
    """Adam is in no school from the day after."""
    Enrolment.objects.filter(pupil=world.people["child_adam"]).update(ends_on=on, starts_on=on - 30 * DAY)


def test_a_child_who_left_has_three_months_and_its_family_is_told_twice(world, client):
    write(world)
    left(world, TODAY - DAY)
    adam = world.people["child_adam"]
    until = queries.erased_on(TODAY - DAY)
    assert months_before(until, 3) >= TODAY - DAY and months_before(until - DAY, 3) < TODAY - DAY
    read = world.sign_in(client, "guardian").get(reverse("portfolio:child_notebook", args=[adam.pk])).content.decode()
    assert "sera effacé le" in read and ADAM in read
    due = next(clock for clock in CLOCKS if "partis" in clock.what)
    told = []
    for day in range((until - TODAY).days + 1):
        moment = now() + day * DAY
        told += [day] * actions.announce_erasure(now=moment)
        assert due.rows(moment).exists() == (TODAY + day * DAY >= until)
    assert len(told) == 4 and told[:2] == [0, 0]  # two guardians; the third is restricted
    assert 14 <= (until - TODAY).days - told[2] <= 31
    keys = set(Outgoing.objects.values_list("key", flat=True))
    assert len(keys) == 4


def test_the_mail_says_what_to_do_and_names_nobody(world):
    write(world)
    left(world, TODAY - DAY)
    guardian, adam = world.people["guardian"], world.people["child_adam"]
    subject, text = notices.erasure(queries.erased_on(TODAY))
    assert "Canari" not in subject + text and "/mon-cahier/" in text and "cahier" in subject
    assert notices.erasure_of(adam.pk, world.people["guardian_other_family"].pk, now=now()) is None
    Enrolment.objects.filter(pupil=adam).update(ends_on=None)
    assert notices.erasure_of(adam.pk, guardian.pk, now=now()) is None
    assert sent.outbox == []


def test_a_page_withdrawn_leaves_what_was_taken_and_a_stop_holds_it(world, client, django_capture_on_commit_callbacks):
    page = write(world)[0]
    made, content = taken(world, client)
    assert content
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_page(person=world.people["teacher"], page=page, now=now())
    assert not Takeaway.objects.exists() and not default_storage.exists(made.zip_path)
    actions.restore_page(person=world.people["teacher"], page=page, now=now())
    made, _ = taken(world, client)
    spaces.stop_place(
        person=world.people["head"], place=world.classrooms["cpb"], readers=["families"], why=Stop.Why.CHECK, now=now()
    )
    assert client.get(reverse("portfolio:takeaway_zip", args=[made.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.ask_takeaway(person=world.people["guardian"], child=page.child, now=now())
