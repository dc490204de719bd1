"""What a head follows: appels due, absences without a reason, four half-days in a month; and the register."""

import io

import pytest
from django.db.models import Q
from django.urls import reverse
from pypdf import PdfReader

from preau.ent.attendance import actions, days, queries
from preau.ent.attendance.models import FollowUp, Half
from preau.ent.sites.queries import schools_on_wednesdays
from preau.kit.answers import Conflict, Refused
from preau.kit.dates import school_year_label
from preau.kit.rooms.told import gathered
from preau.people.models import Person
from preau.people.queries import current_mandates
from preau.places.models import Classroom
from preau.privacy.actions import erase_person
from preau.privacy.exports import read_tables
from tests.ent.attendance.acts import LAST, ONE, a_class_day, at, call, four_missed, missing, open_on_wednesdays, tell
from tests.ent.mail.acts import begin
from tests.rights.scans import read_whole
from tests.world import TODAY, add_child

pytestmark = pytest.mark.django_db
ADAM = ("child_adam",)


@pytest.fixture(autouse=True)
def in_one_month(monkeypatch):
    for page in ("roll", "school"):
        monkeypatch.setattr(f"preau.ent.attendance.views.{page}.now", lambda: at(15, day=LAST))
        monkeypatch.setattr(f"preau.ent.attendance.views.{page}.localdate", lambda moment=None: LAST)


def close(world, who="head", outcome="met", **more):
    return actions.close_line(
        person=world.people[who],
        school=world.schools["tilleuls"],
        pupil=world.people["child_adam"],
        month=LAST.replace(day=1),
        outcome=outcome,
        now=at(16, day=LAST),
        **more,
    )


def school_page(world, client, who="head"):
    return world.sign_in(client, who).get(page_of(world))


def page_of(world):
    return reverse("attendance:school_absences", args=[world.schools["tilleuls"].pk])


def test_appels_not_made_and_absences_without_a_reason_are_at_the_head_of_the_day(
    world, client, django_assert_max_num_queries
):
    call(world, "child_adam", "child_lina", day=LAST, now=at(9, day=LAST))
    world.sign_in(client, "head")
    # The page alone is of LAST: where that is not today, titles are read for the one and for the other.
    with django_assert_max_num_queries(10 + (LAST != TODAY)):
        page = client.get(page_of(world)).content.decode()
    assert "5\xa0appels à faire" in page and "2\xa0absences sans raison" in page  # three classes, two half-days
    actions.note_reason(
        person=world.people["head"], missing=missing(world, "child_lina"), reason="illness", now=at(10, day=LAST)
    )
    assert "1\xa0absence sans raison" in school_page(world, client).content.decode()
    for who in ("teacher", "canteen", "city_education", "ien", "guardian", "head_other_school"):
        assert school_page(world, client, who).status_code == 404, who


def test_the_title_is_not_said_again_and_each_class_has_one_line(world, client):
    page = " ".join(school_page(world, client).text.split())
    assert page.count("6 appels à faire") == 1, "the title alone"
    room = world.classrooms["cpb"]
    assert page.count(f"<b>{room}</b>") == 2, "its appels of the day, its register"
    assert f'matin<span class="only-heard">, {room}</span>' in page
    call(world, "child_adam", day=LAST, now=at(9, day=LAST))
    page = school_page(world, client).text
    assert page.index("Absents sans raison") < page.index("5\xa0appels à faire"), "whom to telephone comes first"


def test_the_heads_home_counts_them(world, client, monkeypatch):
    monkeypatch.setattr("preau.web.views.today.now", lambda: at(9))
    monkeypatch.setattr("preau.web.views.today.days.halves_begun", lambda moment: (Half.MORNING,))
    open_on_wednesdays(world)
    call(world, "child_adam")
    home = world.sign_in(client, "head").get("/aujourdhui/").content.decode()
    assert "2\xa0appels à faire" in home and "1\xa0absence sans raison aujourd’hui" in home
    monkeypatch.setattr("preau.web.views.today.days.halves_on", lambda *words: ())
    assert "appels à faire" not in client.get("/aujourdhui/").content.decode()  # holidays


def test_on_a_wednesday_appels_wait_in_the_schools_that_have_class(world):
    wednesday = TODAY + ONE * ((days.WEDNESDAY - TODAY.weekday()) % 7)
    Classroom.objects.update(school_year=school_year_label(wednesday))

    def undone():
        here = Q(school=world.schools["tilleuls"])
        rows = gathered(queries.head_lines(here, schools_on_wednesdays(), wednesday, [Half.MORNING]))
        assert not read_whole("today", [rows.query.sql_with_params()])
        return queries.read_head_lines(rows)[0].undone_count

    open_on_wednesdays(world, "saules")
    assert undone() == 0
    open_on_wednesdays(world)
    assert undone() == 3


def test_the_calendar_of_a_school_is_read_with_its_heads_mandate(world, django_assert_num_queries):
    """On a day of class the home asks whether it is one: an eleventh query, else."""
    (mandate,) = current_mandates(Person.objects.get(pk=world.people["head"].pk), TODAY)
    with django_assert_num_queries(0):
        assert mandate.school.city.department.academy


def test_four_half_days_open_a_line_that_an_act_closes_and_keeps(world, client):
    four_missed(world)
    school = world.schools["tilleuls"]
    (line,) = queries.unjustified_in(school, LAST)
    assert (line.pupil_id, line.halves_count, line.month) == (world.people["child_adam"].pk, 4, LAST.replace(day=1))
    url = f"{reverse('attendance:line_close', args=[school.pk, line.pupil_id])}?mois={LAST:%Y-%m}"
    assert "Noter la suite" in school_page(world, client).content.decode()
    assert client.post(url, {"outcome": ""}).status_code == 422
    said = {"outcome": "met", "note": "Vue le soir."}
    assert "C’est noté" in client.post(url, said, follow=True).text
    again = client.post(url, said, follow=True)
    assert again.status_code == 200 and "une suite est déjà notée" in again.text, "pressed twice"
    nobodys = reverse("attendance:line_close", args=[school.pk, world.people["pupil_other_school"].pk])
    assert client.post(nobodys, said).status_code == 404, "as what does not exist"
    page = school_page(world, client).content.decode()
    assert "famille rencontrée, Vue le soir." in " ".join(page.split()) and "Noter la suite" not in page
    assert client.get(url).status_code == 404 and FollowUp.objects.get().halves_count == 4
    assert "famille rencontrée" in str(read_tables(world.people["child_adam"]))
    assert "famille rencontrée" not in str(read_tables(world.people["head"])), "a pupil's, not the head's"
    erase_person(subject=world.people["head"], person=None, now=at(17, day=LAST))
    assert FollowUp.objects.get().closed_by is None
    with pytest.raises(Conflict):
        close(world)


def test_a_head_follows_no_absence_of_their_own_child(world, client):
    """Neither the reason, nor what was done of it, which may tell of the other parent."""
    pupil = four_missed(world)
    link = pupil.guardian_links.create(guardian=world.people["head"], starts_on=world.before)
    page = school_page(world, client).text
    assert "C’est votre enfant" in page and "Noter la suite" not in page and "Noter la raison" not in page
    link.delete()
    assert "Noter la raison" in school_page(world, client).text
    close(world, note="Vue le soir.")
    assert "Vue le soir." in school_page(world, client).text
    pupil.guardian_links.create(guardian=world.people["head"], starts_on=world.before)
    assert "Vue le soir." not in school_page(world, client).text


@pytest.mark.parametrize(("reason", "count"), [("illness", 0), ("following", 0), ("other", 1), ("", 1)])
def test_a_lawful_reason_takes_a_half_day_away_another_does_not(world, reason, count):
    four_missed(world)
    school = world.schools["tilleuls"]
    tell(world, day=LAST, last_half=Half.MORNING, reason=reason, now=at(17, day=LAST))
    assert len(queries.unjustified_in(school, LAST)) == count


def test_late_or_put_right_does_not_count_and_the_head_closes_no_line_of_their_own_child(world):
    four_missed(world)
    school = world.schools["tilleuls"]
    call(world, late=ADAM, day=LAST, version=1, now=at(15, 5, day=LAST))
    assert queries.unjustified_in(school, LAST) == []
    call(world, *ADAM, day=LAST, version=2, now=at(15, 6, day=LAST))
    with pytest.raises(Refused):
        close(world, "teacher")
    world.people["child_adam"].guardian_links.create(guardian=world.people["head"], starts_on=world.before)
    with pytest.raises(Refused, match="votre enfant"):
        close(world)


def test_the_register_of_a_month_counts_each_pupil_and_prints_on_one_page(world, client):
    late = {"late": ["child_lina"]}
    four_missed(world)
    tell(world, day=LAST, reason="illness", now=at(17, day=LAST))
    call(world, "child_adam", day=LAST, half=Half.AFTERNOON, version=1, now=at(15, 9, day=LAST), **late)
    register = queries.register_of(world.classrooms["cpb"], LAST)
    adam = register.lines[0]
    assert (adam.possible_count, adam.absent_count, adam.excused_count) == (4, 4, 2)
    assert [adam.marks[at] for at in register.halves] == ["A", "A", "J", "J"]
    assert register.lines[1].marks[LAST, Half.AFTERNOON] == "R"
    assert (register.possible_count, register.absent_count, register.attended_percent) == (8, 4, 50)
    url = f"{reverse('attendance:classroom_register', args=[world.classrooms['cpb'].pk])}?mois={LAST:%Y-%m}"
    for who in ("aesh", "guardian", "teacher_other_class", "ien", "city_education"):
        assert world.sign_in(client, who).get(url).status_code == 404, who
    pdf = world.sign_in(client, "teacher").get(url)
    text = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "CANARI-CHILD_ADAM" in text and "50,0" in text and len(PdfReader(io.BytesIO(pdf.content)).pages) == 1
    assert client.get(url.replace(f"{LAST:%Y-%m}", "2026-13")).status_code == 404
    for other in ("9999-12", f"{LAST.year - 2}-09", f"{LAST.year + 2}-09"):
        assert client.get(url.replace(f"{LAST:%Y-%m}", other)).status_code == 404, other


def test_who_came_in_the_month_is_counted_from_then(world):
    child = add_child(world, "child_new", "cpb", "CP", ["guardian"])
    child.enrolments.update(starts_on=LAST)
    four_missed(world)
    register = queries.register_of(world.classrooms["cpb"], LAST)
    line = next(each for each in register.lines if "NEW" in each.name)
    assert line.possible_count == 2 and line.marks[LAST - ONE, Half.MORNING] == "–"


def test_who_is_not_at_school_today_comes_before_all_that_waits(world, client):
    begin(world, "teacher", ("guardian",))
    begin(world, "teacher", ("head",), child=None)
    past = a_class_day()
    call(world, "child_adam", who="head", day=past, now=at(15, day=past))
    home = world.sign_in(client, "guardian").get("/aujourdhui/").text
    assert home.index('id="messages"') < home.index('id="absences"'), "an absence of another day can wait"
    call(world, "child_adam")
    home = client.get("/aujourdhui/").text
    assert home.index('id="absences"') < home.index('id="messages"') and home.count('id="absences"') == 1
    home = world.sign_in(client, "head").get("/aujourdhui/").text
    assert home.index('id="presences"') < home.index('id="messages"')
