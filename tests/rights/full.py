"""A base where every address has its row at once, and a second city with one of each: for tests that compare answers.

The rights matrix makes the rows of one address, asks, and undoes. Here all stand together: a page is read with
everything that could show on it, and each id has another of its own kind to be mistaken for.
"""

from django.apps import apps
from django.db import transaction

from preau.places.models import City, Classroom, Group, School
from tests.plan.priorities.conftest import Scene as Ranking
from tests.plan.priorities.test_recommendations import signed
from tests.rights import priorities
from tests.rights.samples import SAMPLES, fill, nursery
from tests.world import World, fill_sites, fill_with_people

# Made first, each with all that it stands on.
DEEPEST = ("follow_up_id", "hand_over_id", "reservation_id", "window_id", "opinion_id")
# What these made already, and cannot be made twice.
READ = {
    "committee_decision_id": "governance.Decision", "booking_id": "loans.Booking", "shared_kit_id": "loans.SharedKit",
    "building_id": "places.Building", "room_id": "places.Room", "cabling_id": "premises.Cabling",
    "lack_id": "premises.Lack", "notice_id": "premises.CouncilNotice",
    "rollout_id": "rollouts.Rollout", "reception_id": "rollouts.Reception", "list_id": "priorities.PriorityList",
    "programme_id": "priorities.Programme", "recommendation_id": "priorities.Recommendation",
    "kit_id": "equipment.StandardKit", "window_id": "wifi.WifiWindow", "application_id": "applications.Application",
    "question_id": "applications.FormField", "attachment_id": "applications.Attachment",
}  # fmt: skip
# What a school has by itself: made again for its neighbour of the same city.
OF_A_SCHOOL = (
    "school_id", "place_id", "classroom_id", "pupil_id", "child_id", "link_id", "sign_in_id", "post_id", "picture_id",
    "upload_id", "decision_id", "job_id", "asset_id", "retirement_id", "tag", "count_id", "observation_id", "window_id",
    "room_id", "building_id", "cabling_id", "lack_id", "internet_link_id", "inclusion_id", "expense_id",
    "subscription_id",
)  # fmt: skip
FAR = "loin_"  # of the canaries of the other city


def fill_whole(world):
    """{name an address takes: its value in this world}, every row standing. One world after the other."""
    fill(world)
    values = {name: SAMPLES[name](world) for name in DEEPEST}
    scene = Ranking(world)
    scene.cosigned()
    priorities.programme(scene)
    signed(scene)
    return values | {name: value_of(name, world) for name in SAMPLES if name not in DEEPEST}


def value_of(name, world):
    """Made, or read when it stands already."""
    try:
        with transaction.atomic():
            return SAMPLES[name](world)
    except Exception:
        if name not in READ:
            raise
        # The newest is this world's: ids are in the order of time.
        return apps.get_model(READ[name]).objects.order_by("-pk").values_list("pk", flat=True)[0]


def other_city(world):
    """The same places and persons in « Ailleurs »: nothing of it is for anyone of Marelle."""
    far = World(mark=FAR)
    department = world.departments["far"]
    third = City.objects.create(name="Tierce", slug="tierce", department=department, is_fictitious=True)
    far.cities = {"marelle": world.cities["ailleurs"], "ailleurs": third}
    far.districts = dict.fromkeys(("north", "south", "far"), world.districts["far"])
    far.departments = {"vienne": department, "far": department}
    far.schools = {"tilleuls": world.schools["loin"]}
    for name in ("saules", "billes", "ficelle", "loin"):
        far.schools[name] = School.objects.create(
            name=f"École Canari-{FAR}{name}",
            slug=f"plus-{name}",
            kind="elementary",
            is_fictitious=True,
            city=far.cities["marelle"],
            district=far.districts["north"],
        )
    nursery(far)  # a school is on the map of its city for everyone
    _rooms(far, "tilleuls", {"cpb": ["CP"], "cm2": ["CM1", "CM2"], "gs": ["MS", "GS"]})
    _rooms(far, "saules", {"saules_cm2": ["CM2"], "loin_cm2": ["CM2"]})
    far.groups["ulis"] = Group.objects.create(
        school=far.schools["tilleuls"], school_year=far.year, name=f"Canari-{FAR}dispositif", kind=Group.Kind.ULIS
    )
    fill_sites(far)
    return fill_with_people(far)


def fill_neighbour(world):
    """{name: its value} for what « École Saules » has; nothing of it is for the school « Tilleuls »."""
    near = World(cities=world.cities, districts=world.districts, departments=world.departments)
    near.schools, near.classrooms = {"tilleuls": world.schools["saules"]}, {"cpb": world.classrooms["saules_cm2"]}
    near.people = {
        "head": world.people["head_other_school"], "teacher": world.people["teacher_other_school"],
        "child_adam": world.people["pupil_other_school"], "guardian": world.people["guardian_other_school"],
    }  # fmt: skip
    return {name: value_of(name, near) for name in OF_A_SCHOOL}


def _rooms(world, school, levels):
    for name, taught in levels.items():
        world.classrooms[name] = Classroom.objects.create(
            school=world.schools[school], school_year=world.year, name=f"Canari-{FAR}{name}", levels=taught
        )
