"""What a tablet could not send: brought later, once, by a token that serves for that alone."""

import base64
import datetime
import json
import uuid

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.late import token_of
from preau.ent.lessons.models import LATE_FOR, MOST_PARTS, Work, WorkPart
from preau.kit import seals as kit_seals
from preau.kit.seals import BOX, box_key
from tests.ent.lessons.acts import enter, join, open_lesson

pytestmark = pytest.mark.django_db
UPLOAD = reverse("lessons:upload")


def seal(content):
    """As kit/box.js does (tests/kit/test_boxes.py holds that one)."""
    ours = ec.generate_private_key(ec.SECP256R1())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), box_key())
    key = HKDF(hashes.SHA256(), 32, salt=None, info=BOX).derive(ours.exchange(ec.ECDH(), theirs))
    point = ours.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return point + b"0" * 12 + AESGCM(key).encrypt(b"0" * 12, content, None)


def bring(token, page, made="Les poules", part_id=None, turn=1):
    address = reverse("lessons:tool", args=[page, "texte"])
    head = {"token": token, "address": address, "part_id": str(part_id or uuid.uuid4()), "turn": turn}
    box = SimpleUploadedFile("box", seal(json.dumps(head | {"made": made, "by": ""}).encode() + b"\n"))
    return Client(enforce_csrf_checks=True).post(UPLOAD, {"box": box})


@pytest.fixture
def made_offline(world):
    """(the session, a page of Adam's that nobody has begun, the token that his page gave the tablet)"""
    lesson, tablet, page = open_lesson(world), Client(), uuid.uuid4()
    enter(tablet, join(lesson, tablet, accepted_by=world.people["teacher"]), world.people["child_adam"])
    given = tablet.get(reverse("lessons:home")).context["device"].upload
    assert given.key == base64.b64encode(box_key()).decode() and 0 < given.seconds <= 3 * 3600
    return lesson, page, given.token


def test_it_is_kept_once_though_the_session_is_closed(world, made_offline):
    lesson, page, token = made_offline
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    part_id = uuid.uuid4()
    for _ in range(2):
        assert bring(token, page, part_id=part_id).json() == {"ok": True}
    part = WorkPart.objects.get()
    assert (part.text, part.by, part.work_id) == ("Les poules", world.people["child_adam"], page)
    assert bring(token, page, "Les poules rousses", part_id, turn=2).status_code == 200
    assert WorkPart.objects.get().text == "Les poules rousses"


def test_its_token_opens_nothing_else(world, made_offline):
    lesson, page, token = made_offline
    old = token_of(pupil_id=world.people["child_adam"].pk, lesson=lesson, now=now() - LATE_FOR * 2)
    for wrong in (old, "", "abc", token[:-2]):
        assert bring(wrong, page).status_code == 410
    for elsewhere in (
        reverse("lessons:home"),
        reverse("lessons:wall"),
        "/nulle-part/",
        "",
        f"/seance/moi/faire/{page}/autre/",
    ):
        head = {"token": token, "address": elsewhere, "part_id": str(uuid.uuid4()), "made": "Les poules"}
        box = SimpleUploadedFile("box", seal(json.dumps(head).encode() + b"\n"))
        assert Client().post(UPLOAD, {"box": box}).status_code == 410
    assert not WorkPart.objects.exists()
    assert str(world.people["child_adam"].pk).encode() not in base64.urlsafe_b64decode(token + "==")
    assert datetime.timedelta(days=7) == LATE_FOR


def test_it_is_the_pupil_s_who_was_in_whatever_page_it_names(world, made_offline):
    """A tablet that goes on with the former pupil's page: nothing joins that page, nothing of the next one is lost."""
    lesson, page, token = made_offline
    adam, lina = world.people["child_adam"], world.people["child_lina"]
    assert bring(token, page).status_code == 200
    hers = token_of(pupil_id=lina.pk, lesson=lesson, now=now())
    for _ in range(2):
        assert bring(hers, page, "Les oies", uuid.UUID(int=7)).status_code == 200
    found = {(part.text, part.by, part.work.holder) for part in WorkPart.objects.all()}
    assert found == {("Les poules", adam, adam), ("Les oies", lina, lina)}
    assert [one.pupil for one in Work.objects.get(pk=page).signers.all()] == [adam]
    taken = WorkPart.objects.get(by=adam).pk  # the part itself is his: she changes nothing of it
    assert bring(hers, page, "Effacé", taken, turn=9).status_code == 410
    assert WorkPart.objects.get(pk=taken).text == "Les poules"


def test_a_page_read_over_or_full_meanwhile_loses_nothing_and_takes_nothing_twice(world, made_offline):
    lesson, page, token = made_offline
    first = uuid.uuid4()
    bring(token, page, "Il", first)
    work = Work.objects.get()
    actions.keep_work(person=world.people["teacher"], work=work, now=now(), version=work.version)
    for turn, words in (
        (1, "Il"),
        (2, "Il était"),
        (3, "Il était une fois"),
        (3, "Il était une fois"),
        (2, "Il était"),
    ):
        assert bring(token, page, words, first, turn=turn).status_code == 200
    assert sorted(WorkPart.objects.values_list("text", flat=True)) == ["Il", "Il était une fois"]
    sent = [uuid.uuid4() for _ in range(MOST_PARTS + 1)]
    for part_id in (*sent, sent[-1]):
        assert bring(token, page, "oui", part_id).status_code == 200
    assert WorkPart.objects.count() == 2 + len(sent)
    assert max(work.parts.count() for work in Work.objects.all()) == MOST_PARTS


def test_what_is_not_sealed_for_this_base_is_refused(made_offline, settings):
    _, page, _ = made_offline
    box = SimpleUploadedFile("box", b"not a box")
    assert Client().post(UPLOAD, {"box": box}).status_code == 410
    assert Client().post(UPLOAD).status_code == 410
    for odd in (b"[]", b"3", b'{"token": 3}', b'{"token": "a", "address": 3}', b"\xff", b"[" * 100_000):
        box = SimpleUploadedFile("box", seal(odd + b"\n"))
        assert Client().post(UPLOAD, {"box": box}).status_code == 410
    assert bring(kit_seals.seal("another secret"), page).status_code == 410


def test_the_tools_of_a_cut_line_are_the_same_for_all(world):
    page = reverse("lessons:offline_tool", args=["dessin"])
    drawn = {world.sign_in(Client(), who).get(page).content for who in (None, "guardian", "teacher", "pupil_cm2")}
    assert len(drawn) == 1


@pytest.mark.parametrize(
    "more", [{"name": 5, "type": "image/png"}, {"name": "a.png"}, {"name": "a.png", "type": ["x"]}]
)
def test_a_box_that_says_no_file_is_refused_for_good(made_offline, more):
    """Any other answer, and the tablet would send it again for ever."""
    _, page, token = made_offline
    head = {"token": token, "address": reverse("lessons:tool", args=[page, "photo"]), "part_id": str(uuid.uuid4())}
    box = SimpleUploadedFile("box", seal(json.dumps(head | more).encode() + b"\nxx"))
    assert Client(raise_request_exception=False).post(UPLOAD, {"box": box}).status_code == 410
