"""How those expected are told: by mail, outside the digital pause, once a day, and no more once they have read."""

import datetime
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail as django_mail

from preau.journal.models import Detail
from preau.kit.answers import Conflict, Refused
from preau.kit.mail import HOURS, outbox, send_due
from preau.kit.models import Outgoing
from preau.notify import actions, notices, queries, rules
from preau.notify.models import Notice, Pause, Telling
from preau.people.languages import spoken_to
from preau.people.models import Person
from preau.schools.models import Guardianship
from preau.spaces import actions as spaces
from tests.notify.told import BY_MAIL, at, said
from tests.world import TODAY

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def told():
    return sorted(letter.to[0].split("@")[0] for letter in django_mail.outbox)


def test_each_guardian_with_an_address_has_one_mail_that_says_nothing(mailed):
    said(mailed, at(0, 10))
    assert send_due(now=at(0, 10, 1)) == 3 and told() == sorted(BY_MAIL)
    letter = django_mail.outbox[0]
    assert "un message vous attend" in letter.subject and "/aujourdhui/" in letter.body
    for unsaid in ("Canari", "Adam", "Lina", "Tilleuls", "classe"):
        assert unsaid not in letter.subject + letter.body
    assert Telling.objects.filter(way="mail", end="left").count() == 3


def test_what_is_published_on_friday_night_leaves_on_monday_morning_over_ten_minutes(mailed):
    friday = at(-3, 20, 30)
    assert queries.leaves_text(mailed.classrooms["cpb"], friday).startswith("Partira lundi ")
    assert queries.leaves_text(mailed.classrooms["cpb"], at(0, 10)) == ""
    notice = said(mailed, friday)
    assert notice.leaves_at == at(0, 7) and send_due(now=at(0, 6, 59)) == 0
    waits = list(Outgoing.objects.values_list("due_at", flat=True))
    assert len(waits) == 3 and all(at(0, 7) <= due <= at(0, 7, 10) for due in waits)
    assert send_due(now=at(0, 7, 10)) == 3


def test_who_has_read_or_is_concerned_no_more_is_not_told(mailed):
    notice = said(mailed, at(-3, 20, 30))
    actions.mark_seen(publication=notice.publication, person=mailed.people["guardian"], now=at(-2, 9))
    Guardianship.objects.filter(guardian=mailed.people["guardian_coparent"]).update(
        restricted_on=TODAY, restriction_reference="JAF 2026/200"
    )
    assert send_due(now=at(0, 8)) == 1 and told() == ["guardian_other_family"]
    notice = said(mailed, at(1, 21))
    spaces.withdraw(person=mailed.people["teacher"], publication=notice.publication, now=at(1, 22))
    assert send_due(now=at(2, 8)) == 0 and Telling.objects.count() == 1


def test_what_is_stopped_is_told_to_nobody(mailed):
    said(mailed, at(-3, 20, 30))
    cpb, head = mailed.classrooms["cpb"], mailed.people["head"]
    spaces.stop_place(person=head, place=cpb, readers=["families"], why="check", now=at(-2, 9))
    assert send_due(now=at(0, 8)) == 0 and set(Outgoing.objects.values_list("state", flat=True)) == {"dropped"}


def test_a_mail_refused_by_its_address_is_a_reason_not_to_be_reached(mailed, monkeypatch):
    notice = said(mailed, at(-3, 21))

    def refuse(*_, **__):
        raise SMTPRecipientsRefused({"x": (550, b"no such box")})

    monkeypatch.setattr(django_mail.EmailMessage, "send", refuse)
    send_due(now=at(0, 8))
    reasons = {line.person_id: line.reason for line in queries.reach(notice, TODAY).unreached}
    assert reasons[mailed.people["guardian"].pk] == queries.Reason.BOUNCED
    assert reasons[mailed.people["guardian_paper"].pk] == queries.Reason.NO_ACCOUNT


def test_reminders_go_to_the_others_once_a_day(mailed):
    notice, teacher = said(mailed, at(0, 10)), mailed.people["teacher"]
    send_due(now=at(0, 10, 1))
    django_mail.outbox.clear()
    actions.mark_seen(publication=notice.publication, person=mailed.people["guardian"], now=at(0, 12))
    everyone = [row.person for row in notice.expected.select_related("person")]
    assert actions.remind(notice=notice, people=everyone, person=teacher, now=at(0, 18)) == 0  # told this morning
    assert actions.remind(notice=notice, people=everyone, person=teacher, now=at(1, 9)) == 2
    assert actions.remind(notice=notice, people=everyone, person=teacher, now=at(1, 11)) == 0
    send_due(now=at(1, 11))
    assert told() == ["guardian_coparent", "guardian_other_family"]
    assert actions.remind(notice=notice, people=everyone, person=teacher, now=at(2, 21)) == 2
    assert send_due(now=at(3, 6, 59)) == 0 and send_due(now=at(3, 7, 10)) == 2
    Notice.objects.update(frozen_at=None, told_at=None)
    with pytest.raises(Conflict, match="en cours"):
        actions.remind(notice=notice, people=everyone, person=teacher, now=at(2, 9))


def test_a_telling_cut_anywhere_goes_on_and_queues_each_once(mailed, monkeypatch):
    notice = said(mailed, at(-3, 21), is_told=False)
    monkeypatch.setattr("preau.notify.actions.telling.SLICE", 1)
    write = outbox.put_many
    monkeypatch.setattr(
        "preau.kit.mail.put_many", lambda *a, **k: write(*a, **k) if Outgoing.objects.count() < 2 else 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        actions.tell(notice_id=notice.pk, now=at(-3, 21, 1))
    assert Outgoing.objects.count() == 1 and Notice.objects.get().told_at is None
    monkeypatch.setattr("preau.kit.mail.put_many", write)
    assert actions.freeze_what_waits(now=at(-3, 22)) == 1 and Outgoing.objects.count() == 3
    assert actions.tell(notice_id=notice.pk, now=at(-3, 22)) == 0 and send_due(now=at(0, 8)) == 3


def test_an_emergency_breaks_the_pause_twice_a_month_for_who_answers_for_the_place(mailed):
    night = at(-3, 23)
    school, cpb = mailed.schools["tilleuls"], mailed.classrooms["cpb"]
    with pytest.raises(Refused, match="direction"):
        said(mailed, night, level="urgent", reason="Fuite de gaz")
    with pytest.raises(Conflict, match="pourquoi"):
        said(mailed, night, who="head", level="urgent", reason=" ")
    said(mailed, night, who="head", level="urgent", reason="Fuite de gaz")
    assert send_due(now=night + MINUTE) == 3 and "urgent" in django_mail.outbox[0].subject
    assert {"raison": "Fuite de gaz"} in Detail.objects.values_list("values", flat=True)
    said(mailed, night, who="head", place=school, level="urgent", reason="Chauffage en panne")
    with pytest.raises(Refused, match="Deux urgences"):
        said(mailed, night, who="head", level="urgent", reason="Encore")
    assert rules.can_announce_urgently(mailed.people["head"], cpb, at(30, 12).date())
    for who, place, may in (
        ("city_education", mailed.cities["marelle"], True),
        ("city_education", school, False),
        ("head_other_school", school, False),
        ("city_it", mailed.cities["marelle"], False),
    ):
        assert bool(rules.can_announce_urgently(mailed.people[who], place, TODAY)) is may, who


def test_a_school_keeps_its_hours_before_its_city_and_the_city_before_the_house(mailed):
    cpb, school, city = mailed.classrooms["cpb"], mailed.schools["tilleuls"], mailed.cities["marelle"]
    saturday = at(5, 8)
    assert queries.hours_in(cpb) == HOURS and queries.leaves_at(cpb, saturday) == at(7, 7)
    early, late = datetime.time(6, 30), datetime.time(19)
    by_city = {"begins_at": late, "ends_at": early, "spares_weekends": False}
    actions.set_pause(person=mailed.people["city_education"], place=city, now=at(0, 9), **by_city)
    assert queries.leaves_at(cpb, saturday) == saturday and queries.leaves_at(cpb, at(5, 19)) == at(6, 6, 30)
    by_school = {"begins_at": late, "ends_at": datetime.time(8), "spares_weekends": True}
    actions.set_pause(person=mailed.people["head"], place=school, now=at(0, 9), **by_school)
    assert queries.leaves_at(cpb, saturday) == at(7, 8) and queries.leaves_at(city, saturday) == saturday
    assert queries.hours_in(mailed.districts["north"]) == HOURS
    actions.forget_pause(person=mailed.people["head"], place=school, now=at(0, 9))
    assert queries.leaves_at(cpb, saturday) == saturday and Pause.objects.count() == 1
    with pytest.raises(Refused):
        actions.set_pause(person=mailed.people["teacher"], place=school, now=at(0, 9), **by_school)


def test_a_relay_that_was_down_all_day_calls_nobody_at_night(mailed, monkeypatch):
    said(mailed, at(0, 10))

    def down(*_, **__):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(django_mail.EmailMessage, "send", down)
        assert send_due(now=at(0, 19, 59)) == 0
    Outgoing.objects.update(due_at=at(0, 20, 1))
    assert send_due(now=at(0, 20, 1)) == 0 and send_due(now=at(0, 23)) == 0
    assert send_due(now=at(1, 7, 10)) == 3 and set(Outgoing.objects.values_list("tries", flat=True)) == {2}


@pytest.mark.parametrize(("level", "hour"), [("sign", at(0, 10, 1)), ("info", at(0, 17, 41))])
def test_a_mail_says_that_it_is_french_to_who_reads_a_language_in_which_no_mail_is_written(mailed, level, hour):
    Person.objects.filter(pk=mailed.people["guardian"].pk).update(reading_language="vi")
    said(mailed, at(0, 10), level=level)
    send_due(now=hour)
    letters = {letter.to[0].split("@")[0]: letter for letter in django_mail.outbox}
    assert letters["guardian"].extra_headers["Content-Language"] == "fr" and "Bonjour" in letters["guardian"].body


def test_a_mail_is_in_the_language_its_reader_chose(mailed):
    guardian = mailed.people["guardian"]
    guardian.reading_language = "uk"
    guardian.save()
    said(mailed, at(0, 10))
    send_due(now=at(0, 10, 1))
    letters = {letter.to[0].split("@")[0]: letter for letter in django_mail.outbox}
    own = letters.pop("guardian")
    assert own.subject == "Préau\u00a0: на вас чекає повідомлення" and own.extra_headers["Content-Language"] == "uk"
    assert "Вітаємо!" in own.body and "/aujourdhui/" in own.body and "mot" not in own.body
    assert {letter.subject for letter in letters.values()} == {"Préau\u00a0: un message vous attend"}
    assert "3 повідомлення для читання" in notices_in(guardian)


def notices_in(person):
    with spoken_to(person):
        return notices.messages_of_the_day(3)[0]
