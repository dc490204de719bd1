"""Who writes what is to be done, for which days, what a bad day is answered, changing it and taking it back."""

import datetime
import re
import uuid

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.homework import actions, papers, rules
from preau.ent.homework.clocks import CLOCKS
from preau.ent.homework.models import Assignment, DueDay
from preau.kit.answers import Conflict, Refused
from preau.places.queries import Break
from preau.spaces.models import Publication
from tests.ent.homework.acts import WEEK, assign, next_day
from tests.ent.homework.test_week import MINE, body, week_of
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_holidays")]
DAY = datetime.timedelta(days=1)


def days_of(assignment):
    return list(assignment.due_days.order_by("day").values_list("day", flat=True))


def next_weekday(number):
    """The next Monday is `next_weekday(0)`."""
    return TODAY + DAY * ((number - TODAY.weekday()) % 7 or 7)


def test_who_writes_where(world):
    may = {"cpb": {"teacher", "supply", "head", "suspended"}, "ulis": {"head"}}
    for where, writers in may.items():
        place = (world.classrooms | world.groups)[where]
        asked = {who for who, person in world.people.items() if rules.can_write_in(person, place, TODAY)}
        assert asked == writers, where
    for who in ("guardian", "pupil_cm2", "city_education", "aesh", "teacher_other_class"):
        with pytest.raises(Refused):
            assign(world, who)
    assert not Assignment.objects.exists() and not Publication.objects.exists()


def test_three_touches_from_home_then_undone_and_put_back(world, client):
    client = world.sign_in(client, "teacher")
    week = week_of(world)
    assert f'href="{week}"' in body(client.get("/aujourdhui/"))
    page = body(client.get(week))
    assert f'value="{next_day(world)}"' in page  # the next day with class is written already
    answer = client.post(week, {"kind": "bring", "text": "Le maillot de bain", "first_on": next_day(world)})
    done = body(client.get(answer["Location"]))
    one = Assignment.objects.get()
    assert "C’est noté pour le" in done and "Le maillot de bain" in done
    undo = reverse("homework:withdrawal_create", args=[one.pk])
    assert undo in done
    gone = body(client.get(client.post(undo)["Location"]))
    assert "C’est retiré" in gone and "Maillot" not in body(world.sign_in(client, "guardian").get(MINE))
    assert client.get(reverse("homework:assignment_detail", args=[one.pk])).status_code == 403
    client = world.sign_in(client, "teacher")
    client.post(reverse("homework:restoration_create", args=[one.pk]))
    assert "Le maillot de bain" in body(world.sign_in(client, "guardian").get(MINE))
    assert client.post(undo).status_code == 403


def test_pressed_twice_a_lesson_is_noted_once_and_other_words_are_another(world, client):
    week = reverse("homework:classroom_week", args=[world.classrooms["cpb"].pk])
    world.sign_in(client, "teacher")
    sent = {"kind": "read", "first_on": next_day(world), "once": uuid.uuid4()}
    assert 'name="once"' in client.get(week).text
    for text in ("La page 12", "La page 12", "La page 13"):
        assert client.post(week, sent | {"text": text}).status_code == 302
    assert sorted(Assignment.objects.values_list("text", flat=True)) == ["La page 12", "La page 13"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"first_on": TODAY}, "Choisissez un jour à venir"),
        ({"first_on": TODAY + 400 * DAY}, "vérifiez la date"),
        ({"first_on": next_weekday(5)}, "Il n’y a pas classe le samedi"),
        ({"first_on": next_weekday(2)}, "Il n’y a pas classe le mercredi"),
        ({"until_on": next_weekday(0) + 2 * DAY}, "au moins une semaine après"),
        ({"text": ""}, "est vide"),
        ({"kind": "write"}, "n’est plus dans la liste"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(world, client, typed, told):
    sent = {"kind": "read", "text": "Page 12, son « ou »", "first_on": next_weekday(0)} | typed
    answer = world.sign_in(client, "teacher").post(week_of(world), sent)
    assert answer.status_code == 422 and told in body(answer)
    assert re.findall(r'<li><a href="#(id_\w+)">', body(answer)), "a line of what is to be put right leads to its field"
    assert "text" in typed or "Page 12, son « ou »" in body(answer)
    assert not Assignment.objects.exists() and not Publication.objects.exists()


def test_holidays_are_refused_by_their_name_and_passed_over_by_weeks(world, client, monkeypatch):
    monday = next_weekday(0)
    off = Break("vacances", "Vacances de Noël", monday + WEEK, monday + WEEK + 4 * DAY, None, "")
    monkeypatch.setattr(
        "preau.places.queries.break_on", lambda zone, day: off if off.first <= day <= off.last else None
    )
    with pytest.raises(Conflict, match="Vacances de Noël"):
        assign(world, first_on=monday + WEEK)
    assert days_of(assign(world, first_on=monday, until_on=monday + 3 * WEEK)) == [
        monday,
        monday + 2 * WEEK,
        monday + 3 * WEEK,
    ]
    assert "Vacances de Noël" in body(
        world.sign_in(client, "guardian").get(f"{week_of(world)}?semaine={monday + WEEK}")
    )


def test_wednesday_is_a_day_where_the_school_says_so(world):
    wednesday = next_weekday(2)
    assert days_of(assign(world, first_on=wednesday, has_wednesday=True)) == [wednesday]


def test_one_day_of_a_weekly_one_is_cancelled_alone(world, client):
    weekly = assign(world, text="Le sac de sport", until_on=next_day(world) + 2 * WEEK)
    second = weekly.due_days.order_by("day")[1]
    client = world.sign_in(client, "teacher")
    client.post(reverse("homework:cancellation_create", args=[second.pk]))
    first, then = (body(client.get(f"{week_of(world)}?semaine={day}")) for day in days_of(weekly)[:2])
    assert "<s>Le sac de sport</s>" in then and "<s>" not in first
    assert "<s>Le sac de sport</s>" in body(world.sign_in(client, "guardian").get(f"{MINE}?semaine={second.day}"))
    assert client.post(reverse("homework:keeping_create", args=[second.pk])).status_code == 403
    world.sign_in(client, "head").post(reverse("homework:keeping_create", args=[second.pk]))
    assert not DueDay.objects.exclude(cancelled_at=None).exists()
    assert "Le sac de sport" in body(world.sign_in(client, "guardian").get("/aujourdhui/"))
    actions.cancel_day(person=world.people["head"], due_day=weekly.due_days.order_by("day")[0], now=now())
    assert "Le sac de sport" not in body(client.get("/aujourdhui/"))  # a home says what is to be done alone


def test_changed_it_keeps_its_past_and_a_late_change_is_told(world, client):
    one = assign(world, text="Page 12", until_on=next_day(world) + 2 * WEEK)
    edit = reverse("homework:assignment_edit", args=[one.pk])
    client = world.sign_in(client, "supply")
    assert 'value="Page 12"' in body(client.get(edit))
    sent = {"kind": "learn", "text": "Page 13", "first_on": one.first_on, "until_on": one.first_on + WEEK, "version": 1}
    assert client.post(edit, sent).status_code == 302
    one.refresh_from_db()
    assert (one.text, one.kind, len(days_of(one)), one.last_on, one.version) == (
        "Page 13",
        "learn",
        2,
        one.first_on + WEEK,
        2,
    )
    late = client.post(edit, sent | {"text": "Page 14"})
    assert late.status_code == 422 and "Quelqu’un d’autre a changé" in body(late) and 'value="Page 14"' in body(late)
    DueDay.objects.filter(day=one.first_on).update(day=TODAY - DAY)
    Assignment.objects.update(first_on=TODAY - DAY)
    moved = client.post(edit, sent | {"first_on": next_day(world), "until_on": "", "version": 2})
    assert moved.status_code == 422 and "La première fois est passée" in body(moved)


def test_what_is_past_no_longer_changes(world):
    one = assign(world)
    Assignment.objects.update(first_on=TODAY - DAY, last_on=TODAY - DAY)
    DueDay.objects.update(day=TODAY - DAY)
    with pytest.raises(Refused):
        actions.withdraw_assignment(person=world.people["teacher"], assignment=one, now=now())


def test_what_another_withdrew_the_head_puts_back(world):
    one = assign(world, "supply")
    actions.withdraw_assignment(person=world.people["head"], assignment=one, now=now())
    with pytest.raises(Refused):
        actions.restore_assignment(person=world.people["teacher"], assignment=one, now=now())
    actions.restore_assignment(person=world.people["head"], assignment=one, now=now())
    assert rules.due_days_visible_to(world.people["guardian"], TODAY).exists()


def test_a_supply_teacher_reads_and_writes_on_their_day_alone(world):
    one = assign(world, "supply")
    person, after = world.people["supply"], TODAY + DAY
    assert rules.due_days_visible_to(person, TODAY).exists() and rules.assignments_visible_to(person, TODAY).exists()
    del person._mandates_by_day
    assert not rules.due_days_visible_to(person, after) and not rules.assignments_visible_to(person, after)
    assert not rules.can_change_assignment(person, one, after)


def test_a_pupil_of_another_class_is_not_chosen(world):
    with pytest.raises(Conflict, match="n’est plus dans cette classe"):
        assign(world, pupils=["child_adam", "pupil_cm2"])
    assert not Publication.objects.exists()


def test_the_sheet_of_the_door_says_nothing_of_one_pupil(world, client, monkeypatch):
    drawn = {}
    monkeypatch.setattr(papers, "draw_sheet", lambda *words, **content: drawn.update(content) or b"%PDF-")
    assign(world, text="Pour tous")
    assign(world, text="Pour Adam", pupils=["child_adam"])
    pdf = reverse("homework:classroom_pdf", args=[world.classrooms["cpb"].pk])
    asked = f"{pdf}?semaine={next_day(world)}"
    answer = world.sign_in(client, "teacher").get(asked)
    assert answer["Content-Type"] == "application/pdf"
    lines = [line for day in drawn["days"] for line in day["lines"]]
    assert "À lire\u00a0: Pour tous" in lines and not [line for line in lines if "Adam" in line]
    assert world.sign_in(client, "guardian").get(asked).status_code == 403


def test_it_goes_with_the_school_year(world):
    assign(world)
    (clock,) = CLOCKS
    moment = now()
    assert not clock.rows(moment) and clock.rows(moment.replace(year=localdate().year + 1))
