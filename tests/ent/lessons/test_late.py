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
from preau.ent.lessons.late import LASTS, token_of
from preau.ent.lessons.models import WorkPart
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
    head = {"address": f"/seance/moi/faire/{page}/texte/", "part_id": str(part_id or uuid.uuid4()), "turn": turn}
    box = SimpleUploadedFile("box", seal(json.dumps(head | {"made": made, "by": ""}).encode() + b"\n"))
    return Client(enforce_csrf_checks=True).post(UPLOAD, {"token": token, "box": box})


@pytest.fixture
def made_offline(world):
    """(the session, a page of Adam's that nobody has begun, its token)"""
    lesson, tablet, page = open_lesson(world), Client(), uuid.uuid4()
    enter(tablet, join(lesson, tablet, accepted_by=world.people["teacher"]), world.people["child_adam"])
    said = {"pupil_id": world.people["child_adam"].pk, "lesson_id": lesson.pk, "now": now()}
    return lesson, page, token_of(work_id=page, **said)


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
    old = token_of(work_id=page, pupil_id=world.people["child_adam"].pk, lesson_id=lesson.pk, now=now() - LASTS * 2)
    for wrong in (old, "", "abc", token[:-2]):
        assert bring(wrong, page).status_code == 410
    assert bring(token, uuid.uuid4()).status_code == 410  # another page
    assert not WorkPart.objects.exists()
    assert str(world.people["child_adam"].pk).encode() not in base64.urlsafe_b64decode(token + "==")
    assert datetime.timedelta(days=7) == LASTS


def test_it_joins_no_page_of_somebody_else(world, made_offline):
    lesson, page, token = made_offline
    assert bring(token, page).status_code == 200
    said = {"lesson_id": lesson.pk, "now": now(), "work_id": page}
    assert bring(token_of(pupil_id=world.people["child_lina"].pk, **said), page).status_code == 410
    assert WorkPart.objects.count() == 1


def test_what_is_not_sealed_for_this_base_is_refused(made_offline, settings):
    _, page, token = made_offline
    box = SimpleUploadedFile("box", b"not a box")
    assert Client().post(UPLOAD, {"token": token, "box": box}).status_code == 410
    assert Client().post(UPLOAD, {"token": token}).status_code == 410
    for odd in (b"[]", b"3", b'{"address": 3}', b"\xff"):
        box = SimpleUploadedFile("box", seal(odd + b"\n"))
        assert Client().post(UPLOAD, {"token": token, "box": box}).status_code == 410
    assert bring(kit_seals.seal("another secret"), page).status_code == 410
