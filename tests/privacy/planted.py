"""Twelve tokens planted wherever Préau may hold something of a person, and the places where they are looked for."""

import datetime
import io
import json
import zipfile

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from preau.ent.posts.models import Post
from preau.journal import actions as journal
from preau.kit import batches
from preau.kit.seals import seal, unseal
from preau.media.models import Picture
from preau.people.actions.recovery import draw_spare_codes
from preau.people.actions.suspension import note_refused
from preau.people.models import Account, ActivationCode, Contact, Mandate, Person, Role, SignIn
from preau.schools.models import Enrolment, GroupMember, Guardianship, PupilRecord
from preau.spaces.models import Publication

TOKENS = (
    "nom", "usage", "prenom", "courriel", "adresse", "identifiant", "appareil", "reference", "sealed", "avant",
    "journal", "session",
)  # fmt: skip


def token(who, what):
    return f"jeton{who}{what}"


def plant(world, who, *, guardian=None):
    """A pupil with an account, a guardian, a restriction, sessions, second factor, journal and import values."""
    now = timezone.now()
    person = Person.objects.create(
        last_name=token(who, "nom"),
        usage_name=token(who, "usage"),
        first_name=token(who, "prenom"),
        birth_date=datetime.date(2017, 4, 2),
    )
    Contact.objects.create(person=person, kind="email", value=token(who, "courriel"), match_key=token(who, "courriel"))
    Contact.objects.create(person=person, kind="address", value=token(who, "adresse"), match_key=token(who, "adresse"))
    account = Account.objects.create(identifier=token(who, "identifiant"), person=person, password="!")
    _plant_door(account, who, now)
    room = world.classrooms["cpb"]
    Enrolment.objects.create(
        pupil=person, school=room.school, classroom=room, level="CP", starts_on=datetime.date(2026, 9, 1)
    )
    PupilRecord.objects.create(pupil=person, ine_sealed=seal(token(who, "sealed")), ine_key=f"cle-{who}")
    GroupMember.objects.create(group=world.groups["ulis"], pupil=person, starts_on=datetime.date(2026, 9, 1))
    Guardianship.objects.create(
        guardian=guardian or world.people["guardian"],
        child=person,
        starts_on=datetime.date(2026, 9, 1),
        restricted_on=datetime.date(2026, 10, 1),
        restriction_reference=token(who, "reference"),
    )
    Person.objects.filter(pk=person.pk).update(last_name=token(who, "avant"))
    person.refresh_from_db()
    write = batches.Update(row=person, values={"last_name": token(who, "nom")})
    batches.apply(kind="onde", scope=f"school:{room.school_id}", person_id=None, now=now, writes=[write])
    values = {"nom": token(who, "journal")}
    journal.record(person_id=None, verb="change", subject=person, now=now, values=values, about_id=person.pk)
    return person


def _plant_door(account, who, now):
    session = SessionStore()
    session.update({"_auth_user_id": str(account.pk), "mot": token(who, "session")})
    session.create()
    SignIn.objects.create(
        account=account,
        session_key=session.session_key,
        opened_at=now,
        seen_at=now,
        way="password",
        device=token(who, "appareil"),
    )
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x" * 32})
    draw_spare_codes(account=account, now=now)
    note_refused(account=account, why="password", device=token(who, "appareil"), network=None, now=now)
    ActivationCode.objects.create(person=account.person, secret_hash=f"empreinte-{who}", created_at=now, expires_at=now)
    cache.set(f"page-{who}", token(who, "nom"))


def plant_teacher(world, who):
    """A teacher of the class with a post and a picture on the disk."""
    person = plant(world, who)
    Enrolment.objects.filter(pupil=person).delete()
    Mandate.objects.create(
        person=person, role=Role.TEACHER, classroom=world.classrooms["cpb"], starts_on=datetime.date(2026, 9, 1)
    )
    now = timezone.now()
    publication = Publication.objects.create(
        classroom=world.classrooms["cpb"],
        kind="post",
        author=person,
        state="published",
        created_at=now,
        published_at=now,
    )
    Post.objects.create(publication=publication, scope="class", text="La sortie au parc", html="<p>La sortie</p>")
    picture = Picture.objects.create(
        publication=publication, name=f"image{who}", width=1, height=1, weight=1, added_at=now, alt="un arbre"
    )
    default_storage.save(picture.path, ContentFile(b"picture"))
    return person


def dump() -> str:
    """Every cell of every table (sessions and seals opened), the cache, every file."""
    cells = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values_list():
            cells.append(" ".join(map(str, row)))
    cells += [json.dumps(session.get_decoded()) for session in Session.objects.all()]
    cells += [unseal(record.ine_sealed) for record in PupilRecord.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM kit_cache")
        cells += [f"{key} {cache.get(key.split(':', 2)[-1])}" for key, _ in cursor.fetchall()]
    return "\n".join(cells) + "\n" + "\n".join(files())


def files(folder=""):
    """Names and contents of what is stored."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        path = f"{folder}/{name}".lstrip("/")
        with default_storage.open(path) as stream:
            yield f"{path} {stream.read()!r}"
    for inside in folders:
        yield from files(f"{folder}/{inside}".lstrip("/"))


def found(who, text) -> set:
    return {what for what in TOKENS if token(who, what) in text}


def unzip(content) -> dict:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
