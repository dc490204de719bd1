"""Every address of Préau: web assembles the rooms' own tables, each with its own French paths."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import path

from preau.ent.agenda import urls as agenda
from preau.ent.announcements import urls as announcements
from preau.ent.attendance import urls as attendance
from preau.ent.homework import urls as homework
from preau.ent.homework.calendar import entries_of_lessons
from preau.ent.lessons import urls as lessons
from preau.ent.notes import urls as notes
from preau.ent.sites.queries import class_hours_of, has_class_on_wednesday
from preau.insight.hours.queries import figures_of
from preau.insight.hours.story import hours_in
from preau.insight.usage.queries import use_told_of
from preau.insight.usage.rules import last_weeks_read_by
from preau.kit.pages.addresses import room_table
from preau.plan.applications import urls as applications
from preau.plan.desk import urls as desk
from preau.plan.equipment import urls as equipment
from preau.plan.governance import urls as governance
from preau.plan.inventory import urls as inventory
from preau.plan.premises import urls as premises
from preau.web import lesson_means
from preau.web.navigation import write_to
from preau.web.views import choices, health, home, installed, today

# Tables that are given names and reads of rooms above them; the others are found by their name.
GIVEN = {
    "preau.ent.agenda": agenda.patterns(also=(entries_of_lessons,)),
    "preau.ent.announcements": announcements.patterns(write_page="notes:school_write"),
    "preau.ent.attendance": attendance.patterns(has_wednesday=has_class_on_wednesday, write_to=write_to),
    "preau.ent.homework": homework.patterns(has_wednesday=has_class_on_wednesday),
    "preau.ent.lessons": lessons.patterns(means=lesson_means),
    "preau.ent.notes": notes.patterns(hours_of=class_hours_of),
    "preau.plan.applications": applications.patterns(use_told_of=use_told_of),
    "preau.plan.equipment": equipment.patterns(
        above={
            "importer": "sheets:import_new",
            "receive": "rollouts:acceptance_create",
            "received": "rollouts:acceptance_detail",
            "kits": "priorities:kit_list",
            "kit": "priorities:kit_detail",
            "premises": "premises:premises_detail",
            "location": "premises:school_location",
            "subscribe": "finance:subscription_create",
            "subscriptions": "finance:subscription_list",
            "plan_csv": "desk:plan_csv",
            "plan_json": "desk:plan_json",
        }
    ),
    "preau.plan.premises": premises.patterns(needs="inventory:school_needs"),
    "preau.plan.inventory": inventory.patterns(importer="sheets:asset_new"),
    "preau.plan.governance": governance.patterns(figures_of=figures_of),
    "preau.plan.desk": desk.patterns(uses_of=last_weeks_read_by, hours_of=hours_in, proof="steering:sealed_journal"),
}


def tables_of_rooms():
    """The table of each room that has one, from the ground up."""
    for name in settings.INSTALLED_APPS:
        if name.startswith("preau.") and name != "preau.web" and find_spec(f"{name}.urls"):
            yield room_table(GIVEN.get(name) or f"{name}.urls")


urlpatterns = [
    path("", home.home, name="home"),
    path("aujourdhui/", today.today, name="today"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("sante", health.sante, name="sante"),
    path("visage/", choices.face, name="face"),
    path("lecture/", choices.reading, name="reading"),
    *tables_of_rooms(),
]
