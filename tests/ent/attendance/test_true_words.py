"""What an appel promises is read by somebody: no canteen where the city gave no file, no register before the pupils."""

from django.urls import reverse

from preau.ent.attendance.views import family
from preau.kit.dates import MONTHS
from preau.schools.models import ActivityEnrolment, Enrolment
from tests.ent.attendance.acts import a_class_day
from tests.ent.attendance.test_telling import heard, told_by_page
from tests.world import TODAY


def roll(world, client):
    return world.sign_in(client, "teacher").get(reverse("attendance:classroom_roll", args=[world.classrooms["cpb"].pk]))


def test_where_no_canteen_knows_a_child_nothing_is_promised_in_its_name(world, client):
    tell = reverse("attendance:tell")
    assert "La cantine&nbsp;:" in roll(world, client).text
    assert "La cantine saura" in world.sign_in(client, "guardian").get(tell).text
    ActivityEnrolment.objects.all().delete()
    assert "La cantine&nbsp;:" not in roll(world, client).text
    page = world.sign_in(client, "guardian").get(tell).text
    assert "La cantine saura" not in page and "La classe et la direction le sauront." in page
    assert heard(told_by_page(world, client, reason=""), client) == family.TOLD_TO_SCHOOL


def test_a_day_before_the_pupils_came_asks_the_head_for_nothing(world, client):
    page = reverse("attendance:classroom_roll", args=[world.classrooms["cpb"].pk]) + f"?jour={a_class_day()}&demi=am"
    assert "L’appel n’a pas été fait." in world.sign_in(client, "teacher").get(page).text
    Enrolment.objects.filter(classroom=world.classrooms["cpb"]).update(starts_on=TODAY)
    text = client.get(page).text
    assert "Aucun élève dans cette classe ce jour-là." in text and "n’a pas été fait" not in text


def test_registers_begin_with_the_month_of_the_first_pupil_of_each_class(world, client):
    page = reverse("attendance:school_absences", args=[world.schools["tilleuls"].pk])
    of = f"{reverse('attendance:classroom_register', args=[world.classrooms['cpb'].pk])}?mois="
    Enrolment.objects.filter(school=world.schools["tilleuls"]).update(starts_on=TODAY)
    text = world.sign_in(client, "head").get(page).text
    assert text.count(of) == 1 and f"{of}{TODAY:%Y-%m}" in text and MONTHS[TODAY.month - 1] in text
    before = TODAY.replace(day=1).replace(year=TODAY.year - 1)
    Enrolment.objects.filter(classroom=world.classrooms["cpb"]).update(starts_on=before)
    assert client.get(page).text.count(of) == min(3, months_since_september())


def months_since_september():
    return (TODAY.month - 9) % 12 + 1
