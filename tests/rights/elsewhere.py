"""The plan of the other city, one of each thing, under its school's name: whoever reads that name from here has crossed
from one city to the other, on a list too. And those whose title, class or tie is for tomorrow."""

import datetime
from dataclasses import replace

from django.utils.timezone import localdate, now

from preau.ent.posts import actions as posts
from preau.insight.usage.models import ClosedWeek, WeekUse
from preau.people.models import Mandate, Role
from preau.places.models import School
from preau.plan.applications import actions as applications
from preau.plan.equipment.models import StandardKit
from preau.plan.priorities import actions as priorities
from preau.schools.models import Enrolment, Guardianship
from tests.canaries import ELSEWHERE
from tests.plan.applications.conftest import Scene
from tests.rights import committees, finance, inventory, loans, premises, rollouts, wifi
from tests.world import add_person

# Who does there what their counterpart does here.
THERE = {
    "head": "head_far", "teacher": "head_far", "city_education": "city_education_far", "ien": "ien_other",
    "dsden": "dsden_far",
}  # fmt: skip
ACTS = (
    inventory.asset, inventory.retirement, inventory.count, rollouts.reservation, loans.hand_over, finance.expense,
    finance.subscription,
    wifi.window, premises.inclusion, committees.follow_up, committees.comparison, committees.cohort,
)  # fmt: skip


def fill_around(world):
    """What surrounds the actors of the matrix."""
    fill_elsewhere(world)
    fill_tomorrow(world)


def fill_elsewhere(world):
    """Done through the samples' own acts."""
    School.objects.filter(slug="loin").update(name=f"École {ELSEWHERE}", shown_name=f"École {ELSEWHERE}")
    world.schools["loin"].refresh_from_db()
    dsden = add_person(world, "dsden_far", account=False)
    Mandate.objects.create(person=dsden, role=Role.DSDEN, department=world.departments["far"], starts_on=world.before)
    there = replace(
        world,
        schools={"tilleuls": world.schools["loin"]},
        cities={"marelle": world.cities["ailleurs"]},
        people=world.people | {name: world.people[other] for name, other in THERE.items()},
    )
    for act in ACTS:
        act(there)
    _used_and_drafted(there)
    scene = Scene(there)
    application = scene.submitted()
    scene.give(application, verdict="with_reservations", motivation=ELSEWHERE)
    talk = {"application": application, "text": ELSEWHERE, "now": now()}
    applications.send_message(person=scene.who("head"), **talk)
    question = scene.revision.fields.first().key
    applications.save_note(person=scene.who("dsden"), authority="dsden", question=question, version=0, **talk)
    _ranked_and_programmed(scene, application)


def _used_and_drafted(there):
    """A week's use, and what its head has not published."""
    school = there.schools["tilleuls"]
    ClosedWeek.objects.create(week="2026-W40", closed_at=now())
    WeekUse.objects.create(
        city=school.city, school=school, week="2026-W40", visits_count=12, users_count=9, duration_seconds=600
    )
    posts.write_post(person=there.people["head"], place=school, scope="school", text=ELSEWHERE, now=now())


def _ranked_and_programmed(scene, application):
    """A list being written, a programme being prepared."""
    state, city = scene.who("dsden"), scene.who("city_education")
    draft = priorities.open_list(person=state, call=scene.call, now=now())
    priorities.add_to_list(
        person=state,
        priority_list=draft,
        application=application,
        reason=ELSEWHERE,
        unready_reason="x",
        now=now(),
    )
    school = application.school
    kit = StandardKit.objects.create(
        city=school.city, school_kind=school.kind, version=90, published_on=localdate(), source="x", quality="declared"
    )
    programme = priorities.open_programme(
        person=city, city=application.school.city, school_year="2026-2027", envelope_cents=1_000_000, now=now()
    )
    priorities.add_school(
        person=city,
        programme=programme,
        school=application.school,
        kit=kit,
        cost_cents=1,
        reason="x",
        now=now(),
    )


def fill_tomorrow(world):
    """A teacher, a parent and a pupil of tomorrow: today each is nobody here."""
    day = world.today + datetime.timedelta(days=1)
    teacher = add_person(world, "teacher_tomorrow")
    Mandate.objects.create(person=teacher, role=Role.TEACHER, classroom=world.classrooms["cpb"], starts_on=day)
    parent = add_person(world, "guardian_tomorrow")
    Guardianship.objects.create(
        guardian=parent, child=world.people["child_adam"], starts_on=day, authority=Guardianship.Authority.YES
    )
    pupil = add_person(world, "pupil_tomorrow", birth_date=datetime.date(world.today.year - 8, 5, 3))
    room = world.classrooms["cpb"]
    Enrolment.objects.create(pupil=pupil, school=room.school, classroom=room, level="CP", starts_on=day)
