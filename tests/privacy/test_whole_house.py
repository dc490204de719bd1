"""T24 and T26 over every table: whoever acted anywhere is told all of it, and leaves without their name."""

import copy
import re

import pytest
from django.utils.timezone import now

from preau.ent.comments.models import Comment, Discussion
from preau.ent.homework.models import Done, DueDay
from preau.ent.lessons.models import AwaitedDevice, Entrant, Lesson
from preau.ent.notes.models import Answer, LanguageReview, MachineTranslation, Note
from preau.ent.portfolio.models import Page, PageThanks
from preau.ent.thanks.models import Thanks
from preau.media.models import Accord, Marking, Picture
from preau.notify.models import Notice, Telling
from preau.people import actions as people
from preau.people.models import Person, Phone, TextMessage
from preau.privacy.actions import erase_person
from preau.privacy.declarations import declared
from preau.privacy.exports import export_person
from preau.schools.models import Activity, ActivityChange, Guardianship, Insurance, PupilDisplay
from tests.privacy.planted import dump, plant, unzip
from tests.rights.full import fill_whole
from tests.standing import standing
from tests.world import build_world

pytestmark = pytest.mark.matrix
ACTORS = (
    "guardian", "guardian_other_family", "child_adam", "pupil_cm2", "teacher", "supply", "head", "city_education",
    "city_it", "city_finance", "elected", "parents_federation", "dsden", "dan", "ia_dasen", "ien",
)  # fmt: skip
# No address of the house needs one of these to answer; their paths to a person are held by tests/house/test_privacy.py.
UNSAMPLED = {
    "schools.FormerPerson", "sites.UrgentBanner", "applications.Message", "applications.Note", "priorities.ListMove",
    "studies.CohortReview", "governance.Approval", "governance.Comment", "desk.Reminder", "account.EmailAddress",
    "account.EmailConfirmation",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    """The world, every address of the house with its row."""
    with standing(django_db_blocker):
        world = build_world()
        fill_whole(world)
        plant(world, "A")
        plant_answer(world)
        yield world


def plant_answer(world):
    """A guardian asks a mot on paper, the mail and the text message that told them of it have left, they said thanks;
    their child is insured, has cards, pages arranged and a tablet that did not answer, an agent reread a language."""
    note, guardian, child = Note.objects.latest("pk"), world.people["guardian"], world.people["child_adam"]
    account, city = world.account("guardian"), world.cities["marelle"]
    Answer.objects.create(note=note, child=child, guardian=guardian, paper_asked_at=now())
    MachineTranslation.objects.create(note=note, version=1, language="es", title="x", text="x", made_at=now())
    Thanks.objects.create(publication=note.publication, person=guardian, at=now())
    Phone.objects.create(account=account, city=city, number="+33612345678", given_at=now())
    TextMessage.objects.create(account=account, city=city, asked_at=now())
    Insurance.objects.create(pupil=child, school_year="2026-2027", noted_at=now())
    said = {"on": world.today, "comes": False, "said_at": now()}
    ActivityChange.objects.create(activity=Activity.objects.first(), child=child, **said)
    read = {"language": "es", "reviewer": "x", "reread_on": world.today, "words": "x"}
    LanguageReview.objects.create(city=city, noted_by=world.people["city_education"], **read)
    said = {"guardian": guardian, "child": child, "kind": "image", "perimeter": 1, "answer": "yes", "at": now()}
    Accord.objects.create(**said)
    author, picture = note.publication.author, Picture.objects.first()
    Marking.objects.create(picture=picture, child=child, marked_by=author, marked_at=now())
    Discussion.objects.get_or_create(publication=picture.publication, opened_by=author, opened_at=now())
    said = {"publication": picture.publication, "author": guardian, "profile": "families", "text": "x"}
    Comment.objects.create(**said, written_at=now())
    PageThanks.objects.create(page=Page.objects.first(), person=guardian, at=now())
    Done.objects.create(due_day=DueDay.objects.first(), pupil=child, done_at=now())
    PupilDisplay.objects.create(pupil=child, is_spaced=True)
    people.give_codes(person=author, pupils=[child], now=now())
    people.make_badges(pupils=[child], kind="class", person=author, now=now())
    AwaitedDevice.objects.create(lesson=Lesson.objects.first(), key_hash="x", number=1, pupil=child)
    Entrant.objects.get_or_create(lesson=Lesson.objects.first(), pupil=child)
    told = {"way": Telling.Way.MAIL, "end": Telling.End.LEFT, "asked_on": now().date(), "ended_at": now()}
    Telling.objects.create(notice=Notice.objects.latest("pk"), person=guardian, **told)


def test_each_table_that_speaks_of_people_has_a_row(whole, db):
    """Else the two tests below would say nothing of it."""
    empty = [e.label for e in declared() if e.privacy.subjects and not e.model._base_manager.exists()]
    assert set(empty) == UNSAMPLED


def people_in(text, world) -> set:
    """Last names of the world's persons, canaries all of them."""
    return set(re.findall(r"Canari-\w+", text)) & {person.last_name for person in world.people.values()}


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_erased_leaves_a_name(whole, db, actor):
    person = Person.objects.get(pk=whole.people[actor].pk)
    assert person.last_name in people_in(dump(), whole)
    Guardianship.objects.update(restricted_on=None)  # while one stands nobody of it is erased: test_decisions.py
    erase_person(subject=person, person=None, now=now())
    lasting = [line for line in dump().splitlines() if not line.startswith("private/")]  # files dropped last a day
    assert [line[:300] for line in lasting if person.last_name in people_in(line, whole)] == []


@pytest.mark.parametrize("actor", ACTORS)
def test_an_export_names_nobody_else(whole, db, actor):
    person = copy.copy(whole.people[actor])
    text = unzip(export_person(person, now()))["donnees.json"].decode()
    assert people_in(text, whole) == {person.last_name}
