"""Regular jobs run once a turn; failed and orphaned jobs come back; /sante says when nobody works."""

import datetime
from collections import namedtuple

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from preau.kit import health, schedule
from preau.kit.management.commands.worker import Lease, run_for_good
from preau.kit.models import ScheduledJob
from preau.kit.serving import leases
from tests.kit import jobs

NOW = datetime.datetime(2026, 11, 25, 8, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    jobs.done.clear()


def work():
    """What a worker does of a queue, on the test's own connection."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=leases.new_name(),
        excluded_queue_names=[],
    )
    for row in DBTaskResult.objects.ready():
        row.claim(worker.worker_id)
        worker.run_task(row)


def test_a_turn_is_taken_once_whatever_the_number_of_workers():
    every = [schedule.Every(jobs.note_turn, minutes=1)]
    assert schedule.tick(now=NOW, jobs=every) == ["tests.kit.jobs.note_turn"]
    assert schedule.tick(now=NOW, jobs=every) == []
    assert schedule.tick(now=NOW + MINUTE / 2, jobs=every) == []
    assert schedule.tick(now=NOW + MINUTE, jobs=every) == ["tests.kit.jobs.note_turn"]


def test_two_workers_that_read_the_same_clock_do_not_both_take_it():
    entry = schedule.Every(jobs.note_turn, minutes=1)
    ScheduledJob.objects.create(name=entry.name, due_at=NOW)
    assert schedule._take(entry, NOW, NOW) is True
    assert schedule._take(entry, NOW, NOW) is False


def test_a_busy_worker_finds_one_turn_waiting_not_sixty():
    every = [schedule.Every(jobs.note_turn, minutes=1)]
    for number in range(60):
        schedule.tick(now=NOW + number * MINUTE, jobs=every)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(
    "now, due",
    [
        ("2026-11-25T01:00:00+01:00", "2026-11-25T03:30:00+01:00"),
        ("2026-11-25T03:30:00+01:00", "2026-11-26T03:30:00+01:00"),
        ("2027-03-27T12:00:00+01:00", "2027-03-28T03:30:00+02:00"),  # the night that loses an hour
        ("2027-10-30T12:00:00+02:00", "2027-10-31T03:30:00+01:00"),  # the night that gains one
        ("2028-02-28T12:00:00+01:00", "2028-02-29T03:30:00+01:00"),
    ],
)
def test_a_daily_job_keeps_its_local_hour(now, due):
    found = schedule.Every(jobs.note_turn, at="03:30").next_due(datetime.datetime.fromisoformat(now))
    assert found == datetime.datetime.fromisoformat(due)


def test_a_failed_job_comes_back_later_and_later_then_rests():
    jobs.fail.enqueue()
    for tries in range(1, schedule.MAX_TRIES):
        work()
        assert len(jobs.done) == tries
        row = DBTaskResult.objects.get()
        wait = schedule.FIRST_WAIT * 2 ** (tries - 1)
        assert schedule.revive(now=row.finished_at + wait - datetime.timedelta(seconds=1), me="m:1:x") == 0
        assert schedule.revive(now=row.finished_at + wait, me="m:1:x") == 1
        DBTaskResult.objects.update(run_after=timezone.now())
    work()
    row = DBTaskResult.objects.get()
    assert schedule.revive(now=row.finished_at + datetime.timedelta(hours=2), me="m:1:x") == 0


def taken_by(name):
    """A job that this worker has taken."""
    jobs.note.enqueue("fait")
    row = DBTaskResult.objects.get()
    row.claim(name)
    return row


def test_the_job_of_a_dead_worker_is_done_by_another():
    me = leases.new_name()
    place, process, _ = me.rsplit(":", 2)
    taken_by(f"{place}:{process}:another")  # a former process that had our number
    assert schedule.revive(now=timezone.now(), me=me) == 1
    work()
    assert jobs.done == ["fait"]


def test_a_killed_process_of_this_system_is_seen_at_once(monkeypatch):
    me = leases.new_name()
    taken_by(f"{me.rsplit(':', 2)[0]}:4194305:x")  # a number that Linux gives to nobody
    assert schedule.revive(now=timezone.now(), me=me) == 1


def test_a_living_worker_keeps_its_job_however_long_it_lasts():
    """Seen from this system, from another, and from a container that bears the same name and the same number."""
    me, now = leases.new_name(), timezone.now()
    job = taken_by("elsewhere:1:x")
    for minutes in range(0, 120, 2):
        leases.renew(name="elsewhere:1:x", now=now + minutes * MINUTE)
        assert schedule.revive(now=now + minutes * MINUTE, me=me) == 0
        assert schedule.revive(now=now + minutes * MINUTE, me="elsewhere too:1:y") == 0
    job.refresh_from_db()
    assert job.status == "RUNNING"
    assert schedule.revive(now=now + 118 * MINUTE + leases.LIFE, me=me) == 0
    assert schedule.revive(now=now + 119 * MINUTE + leases.LIFE, me=me) == 1  # it renews no longer: it is dead
    assert schedule.revive(now=now + 119 * MINUTE + leases.LIFE, me="elsewhere too:1:y") == 0


def test_a_job_just_taken_is_its_worker_s_before_its_first_lease():
    job = taken_by("elsewhere:1:x")
    assert schedule.revive(now=job.started_at + leases.LIFE, me=leases.new_name()) == 0
    assert schedule.revive(now=job.started_at + leases.LIFE + MINUTE, me=leases.new_name()) == 1


class Busy:
    """A worker in the middle of a job."""

    running_task, worker_id = True, "elsewhere:1:x"


def test_a_worker_leaves_its_job_before_another_may_take_it():
    lease = Lease(Busy(), NOW)
    lease.renew(NOW + MINUTE)
    assert leases.renewals() == {"elsewhere:1:x": NOW + MINUTE}
    late = NOW + MINUTE + leases.GIVES_UP_AFTER
    assert not lease.is_overdue(late)
    assert lease.is_overdue(late + MINUTE / 60)
    lease.renew(late + MINUTE)  # the base came back, too late: no lease for a job that may have begun elsewhere
    assert leases.renewals() == {"elsewhere:1:x": NOW + MINUTE}
    lease.worker.running_task = False
    assert not lease.is_overdue(late + MINUTE)  # nothing to leave
    lease.renew(late + MINUTE)
    assert leases.renewals() == {"elsewhere:1:x": late + MINUTE}
    assert leases.GIVES_UP_AFTER + 2 * MINUTE <= leases.LIFE


def test_a_turn_waits_for_the_former_one_that_still_runs():
    every = [schedule.Every(jobs.note_turn, minutes=1)]
    schedule.tick(now=NOW, jobs=every)
    row = DBTaskResult.objects.get()
    row.claim("elsewhere:1:x")
    assert schedule.tick(now=NOW + 5 * MINUTE, jobs=every) == []
    row.set_successful(None)
    assert schedule.tick(now=NOW + 5 * MINUTE, jobs=every) == ["tests.kit.jobs.note_turn"]


def test_a_failed_turn_is_not_tried_again_beside_a_later_one():
    schedule.tick(now=NOW, jobs=[schedule.Every(jobs.fail, minutes=1)])
    work()
    failed = DBTaskResult.objects.get()
    jobs.fail.enqueue()
    later = DBTaskResult.objects.exclude(id=failed.id).get()
    for state in ("READY", "RUNNING"):
        DBTaskResult.objects.filter(id=later.id).update(
            status=state, started_at=failed.finished_at, worker_ids=["a:1:b"]
        )
        assert schedule.revive(now=failed.finished_at + MINUTE, me="m:1:x") == 0
    later.delete()
    assert schedule.revive(now=failed.finished_at + MINUTE, me="m:1:x") == 1


def test_the_worker_waits_for_a_base_that_is_away_and_gives_back_what_it_held(monkeypatch):
    waits = []
    monkeypatch.setattr("preau.kit.management.commands.worker.time.sleep", waits.append)
    jobs.note.enqueue("fait")
    row = DBTaskResult.objects.get()

    class Held:
        """Takes the job, then finds the base away four times."""

        running, worker_id, former = True, leases.new_name(), []

        def run(self):
            if not self.former:
                row.claim(self.worker_id)
            self.former.append(self.worker_id)
            if len(self.former) > 4:
                self.running = False
                return
            raise OperationalError("server closed the connection unexpectedly")

    held = Held()
    run_for_good(held)
    assert waits == [1, 2, 4, 8] and len(set(held.former)) == 5
    assert schedule.revive(now=timezone.now(), me=held.worker_id) == 1
    work()
    assert jobs.done == ["fait"]


def test_each_room_says_its_regular_jobs():
    names = [entry.name for entry in schedule.entries()]
    assert "preau.kit.tasks.prune_jobs" in names
    assert len(names) == len(set(names))
    assert all(bool(entry.minutes) != bool(entry.at) for entry in schedule.entries())


def test_sante_is_503_when_a_job_waits_for_more_than_a_minute(client):
    jobs.note.enqueue("fait")
    assert client.get("/sante").status_code == 200
    DBTaskResult.objects.update(enqueued_at=timezone.now() - datetime.timedelta(seconds=61))
    answer = client.get("/sante")
    assert answer.status_code == 503
    assert answer.json()["problemes"] == ["un travail attend depuis plus d’une minute"]
    work()
    assert client.get("/sante").status_code == 200


def test_sante_does_not_count_a_job_set_for_later(client):
    jobs.note.using(run_after=timezone.now() + datetime.timedelta(hours=1)).enqueue("plus tard")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - datetime.timedelta(hours=1))
    assert client.get("/sante").status_code == 200


def test_sante_sees_that_no_worker_runs(client):
    ScheduledJob.objects.create(name="x", due_at=timezone.now() - datetime.timedelta(seconds=70))
    assert client.get("/sante").status_code == 503


def test_sante_is_503_when_a_disk_is_full(client, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage(1000 << 20, 990 << 20, 10 << 20))
    answer = client.get("/sante")
    assert (answer.status_code, answer.json()["problemes"]) == (503, ["disque plein"])
    assert answer.json()["alertes"] == ["disque presque plein"]


def test_sante_is_503_when_the_base_does_not_answer(client, monkeypatch):
    def break_down(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(health, "_check_queue", break_down)
    assert client.get("/sante").json()["problemes"] == ["base injoignable"]


def test_finished_jobs_are_forgotten_after_a_week():
    jobs.note.enqueue("fait")
    work()
    assert schedule.prune(now=timezone.now() + datetime.timedelta(days=6)) == 0
    assert schedule.prune(now=timezone.now() + datetime.timedelta(days=8)) == 1
