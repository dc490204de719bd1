"""Files of an action that fails are deleted at once; what a killed one left, a day later; what a row holds, never."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from preau.arrivals import actions as arrivals
from preau.arrivals.models import Upload
from preau.ent.posts.models import Scope
from preau.kit.answers import Refused
from preau.kit.schedule import entries
from preau.kit.stored import store, with_its_files
from preau.media import actions as media
from preau.media.models import Picture
from preau.plan.loans import actions as loans
from preau.plan.loans.models import Booking, HandOver, SharedKit, half_day_number
from preau.privacy.actions import purge, sweep_files
from tests.ent.posts.test_actions import picture, publish
from tests.world import TODAY

NOW = timezone.now()
DAY = datetime.timedelta(days=1)
LOST = ("pictures/ab/abcd.webp", "loans/ab/abcd.webp", "private/sheets/x.pdf", "private/arrivals/y/0")


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    """Storage of its own, made before what a test stores."""
    settings.FILES_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


def stored(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def cut(*args, **kwargs):
    raise OSError("cut")


def fetch_kit(world):
    kit = SharedKit.objects.create(city=world.cities["marelle"], kind="other", name="Malle")
    return Booking.objects.create(
        city=kit.city,
        school=world.schools["tilleuls"],
        kind="other",
        wanted=kit,
        kit=kit,
        asked_at=NOW,
        first_half_day=half_day_number(TODAY, 0),
        last_half_day=half_day_number(TODAY, 0),
        activity="Capteurs",
        state="confirmed",
        changed_at=NOW,
    )


def everything(world):
    """One file or two by each way a file is stored."""
    publish(world, pictures=[picture()])
    loans.prepare_booking(person=None, booking=fetch_kit(world), found={}, now=NOW, photo=picture().drawn)
    arrivals.receive_files(
        school=world.schools["tilleuls"], files=[arrivals.IncomingFile("a.csv", b"x")], person=None, now=NOW
    )


def test_a_post_that_is_refused_leaves_no_picture(world, root):
    with pytest.raises(Refused):  # the declaration is asked after the pictures were hung
        publish(world, scope=Scope.PUBLIC, pictures=[picture()], no_child_declared=False)
    assert stored(root) == [] and not Picture.objects.exists()


@pytest.mark.parametrize("where", ["record", "Picture.save"])
def test_a_picture_whose_row_fails_leaves_no_file(world, root, monkeypatch, where):
    monkeypatch.setattr(f"preau.media.actions.files.{where}", cut)
    with pytest.raises(OSError):
        publish(world, pictures=[picture(), picture()])
    assert stored(root) == []


def test_a_kit_s_photo_and_a_dropped_file_go_with_what_failed(world, root, monkeypatch):
    booking = fetch_kit(world)
    monkeypatch.setattr(HandOver, "save", cut)
    with pytest.raises(OSError):
        loans.prepare_booking(person=None, booking=booking, found={}, now=NOW, photo=picture().drawn)
    monkeypatch.setattr(Upload, "save", cut)
    with pytest.raises(OSError):
        arrivals.receive_files(
            school=world.schools["tilleuls"], files=[arrivals.IncomingFile("a.csv", b"x")], person=None, now=NOW
        )
    assert stored(root) == []


def test_an_action_inside_another_leaves_its_files_to_it(db, root):
    @with_its_files()
    @transaction.atomic
    def inner(name):
        store(f"pictures/{name}", b"x")

    @with_its_files()
    @transaction.atomic
    def outer(fails):
        inner("one")
        store("pictures/two", b"x")
        if fails:
            cut()

    with pytest.raises(OSError):
        outer(True)
    assert stored(root) == []
    outer(False)
    assert stored(root) == ["pictures/one", "pictures/two"]


def leave_by_a_crash():
    for name in LOST:
        default_storage.save(name, ContentFile(b"x"))


def test_what_no_row_holds_is_swept_after_a_day_and_what_one_holds_stays(world, root):
    everything(world)
    kept = stored(root)
    leave_by_a_crash()
    assert sweep_files(now=NOW + DAY * 23 / 24) == 0
    assert sweep_files(now=NOW + 2 * DAY, dry_run=True) == 4 and len(stored(root)) == len(kept) + 4
    assert sweep_files(now=NOW + 2 * DAY) == 4
    assert stored(root) == kept and len(kept) == 4
    assert sweep_files(now=NOW + 3 * DAY) == 0


def test_the_hourly_purge_looks_at_what_passes_only_and_folders_go_with_it(world, root):
    leave_by_a_crash()
    purge(now=NOW + 2 * DAY)
    assert stored(root) == sorted(LOST[:2])
    purge(now=NOW + 4 * DAY)
    assert not (root / "private/arrivals/y").exists() and (root / "pictures/ab").exists()


def test_a_file_of_a_folder_that_no_table_declares_is_not_ours_to_sweep(world, root):
    default_storage.save("elsewhere/x", ContentFile(b"x"))
    assert sweep_files(now=NOW + 2 * DAY) == 0 and stored(root) == ["elsewhere/x"]


def test_a_picture_taken_off_and_its_file_left_behind_is_swept(world, root):
    publish(world, pictures=[picture()])
    row = Picture.objects.get()
    media.remove_picture(person=world.people["teacher"], picture=row, now=NOW)  # the commit's own deletion was cut
    assert len(stored(root)) == 2 and sweep_files(now=NOW + 2 * DAY) == 2


def test_it_is_done_every_night():
    assert any(entry.name == "preau.privacy.tasks.sweep_files" and entry.at for entry in entries())
