"""Files dropped by a head: kept privately, looked at, decided, applied, gone."""

import datetime

import pytest
from django.utils import timezone

from preau.arrivals import actions, queries, rules
from preau.arrivals.models import Decision, Upload
from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.kit.digest import business_digest
from preau.kit.models import Batch
from tests.arrivals.conftest import numbers
from tests.arrivals.onde_files import Family, guardians_file, pupils_file
from tests.arrivals.test_identity import ADA, BOB, MARIE_A, MARIE_B
from tests.world import TODAY

NOW = timezone.now()
FAMILY = Family.sample()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


def receive(school, *data, now=NOW):
    files = [actions.IncomingFile(f"CSVExtraction-{n}.csv", one) for n, one in enumerate(data)]
    return actions.receive_files(school=school, files=files, person=None, now=now)


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_files_are_recognised_compared_applied_then_deleted(school, own_files, django_capture_on_commit_callbacks):
    before = business_digest()
    upload = receive(school, guardians_file(FAMILY.adults), pupils_file(FAMILY.children))
    assert len(stored(own_files)) == 2 and all(path.stat().st_mode & 0o077 == 0 for path in stored(own_files))
    comparison = queries.compare_upload(upload, TODAY)
    assert [file.kind for file in comparison.files] == ["guardians", "pupils"]
    assert comparison.counts["pupils"]["created"] == 5 and business_digest() == before
    with django_capture_on_commit_callbacks(execute=True):
        batch = actions.apply_upload(upload=upload, person=None, now=NOW)
    assert numbers(batch, "guardians") == (4, 0, 0, 0)
    upload.refresh_from_db()
    assert (upload.state, upload.batch_id) == ("applied", batch.pk)
    assert stored(own_files) == []
    actions.undo_batch(batch_id=batch.pk, now=NOW)
    assert business_digest() == before


def test_applying_twice_gives_the_same_batch(school):
    upload = receive(school, pupils_file(FAMILY.children))
    first = actions.apply_upload(upload=upload, person=None, now=NOW)
    assert actions.apply_upload(upload=upload, person=None, now=NOW) == first


def test_decisions_wait_in_the_base_and_serve_when_applying(school):
    family = Family((ADA, BOB), (MARIE_A, MARIE_B))
    upload = receive(school, pupils_file(family.children), guardians_file(family.adults))
    asked = queries.compare_upload(upload, TODAY)
    question = asked.question(asked.questions[0].key)
    assert question is not None and asked.question("line:1~line:2") is None
    for same in (False, True):  # one may change one's mind
        actions.decide(school=school, question=question, same=same, person=None, now=NOW)
    assert Decision.objects.count() == 1
    comparison = queries.compare_upload(upload, TODAY)
    assert comparison.questions == () and comparison.counts["guardians"]["created"] == 1


def test_refused_files_change_nothing_and_stay(school, own_files):
    upload = receive(school, b"Nom;Couleur\r\na;b\r\n")
    before = business_digest()
    with pytest.raises(Conflict, match="Relisez les changements"):
        actions.apply_upload(upload=upload, person=None, now=NOW)
    assert business_digest() == before and len(stored(own_files)) == 1


def test_what_is_applied_is_what_was_read_by_who_may(world):
    upload = receive(world.schools["tilleuls"], pupils_file(FAMILY.children))
    before = business_digest()
    with pytest.raises(Conflict, match="a changé depuis votre lecture"):
        actions.apply_upload(upload=upload, person=None, now=NOW, seen="what another reader saw")
    with pytest.raises(Refused):
        actions.apply_upload(upload=upload, person=world.people["teacher"], now=NOW)
    assert business_digest() == before


def test_two_files_of_one_kind_are_refused(school):
    upload = receive(school, pupils_file(FAMILY.children), pupils_file(FAMILY.children[1:]))
    comparison = queries.compare_upload(upload, TODAY)
    assert comparison.refused and "Gardez-en un" in comparison.problems[0].reason


def test_a_new_upload_takes_the_place_of_the_former(school, own_files, django_capture_on_commit_callbacks):
    receive(school, pupils_file(FAMILY.children))
    with django_capture_on_commit_callbacks(execute=True):
        second = receive(school, pupils_file(FAMILY.children))
    assert list(queries.uploads_waiting(school, NOW)) == [second] and len(stored(own_files)) == 1


def test_files_are_gone_after_a_day(school, own_files, django_capture_on_commit_callbacks):
    upload = receive(school, pupils_file(FAMILY.children))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_uploads(now=NOW + datetime.timedelta(hours=23)) == 0
    later = NOW + datetime.timedelta(hours=25)
    assert actions.purge_uploads(now=later, dry_run=True) == 1 and len(stored(own_files)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_uploads(now=later) == 1
    assert stored(own_files) == []
    upload.refresh_from_db()
    assert upload.state == "dropped"
    assert "plus gardé" in queries.compare_upload(upload, TODAY).problems[0].reason


def test_only_the_head_sees_and_brings_the_files_of_the_school(world):
    school = world.schools["tilleuls"]
    upload = receive(school, b"x")
    for name, person in world.people.items():
        mine = name == "head"
        assert bool(rules.can_import_files(person, school, TODAY)) is mine, name
        assert (upload in rules.uploads_visible_to(person, TODAY)) is mine, name
    assert "direction" in rules.can_import_files(world.people["teacher"], school, TODAY).reason


def test_each_act_has_its_line_in_the_journal(school):
    upload = receive(school, pupils_file(FAMILY.children))
    batch = actions.apply_upload(upload=upload, person=None, now=NOW)
    actions.undo_batch(batch_id=batch.pk, now=NOW)
    verbs = list(Entry.objects.filter(place_id=school.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["arrivals.receive", "arrivals.apply", "arrivals.undo"]
    assert not Upload.objects.filter(files__icontains="TOUPIE").exists()


def test_the_purge_runs_every_hour():
    from preau.kit.schedule import entries

    assert any(entry.name == "preau.arrivals.tasks.purge_uploads" and entry.minutes == 60 for entry in entries())


def test_batches_and_answers_are_read_by_the_head_of_their_school(world):
    """Their pages ask for the school first: this door stands behind that one."""
    for name in ("tilleuls", "saules"):
        school = world.schools[name]
        for kind in ("onde", "plan"):
            Batch.objects.create(kind=kind, scope=f"school:{school.pk}", applied_at=NOW)
        Decision.objects.create(school=school, first_key="a", second_key="b", verdict="same", decided_at=NOW)
    batches, answers = (
        {name: list(visible_to(person, TODAY)) for name, person in world.people.items() if visible_to(person, TODAY)}
        for visible_to in (rules.batches_visible_to, rules.decisions_visible_to)
    )
    assert set(batches) == set(answers) == {"head", "head_other_school"}
    assert [(row.kind, row.scope) for row in batches["head"]] == [("onde", f"school:{world.schools['tilleuls'].pk}")]
    assert [row.school for row in answers["head"]] == [world.schools["tilleuls"]]
