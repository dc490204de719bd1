"""What each page of the périscolaire is looked at with: (template, route, who looks)."""

from django.utils.timezone import now

from preau.ent.afterschool.actions import match_line
from preau.schools.models import Activity, ActivityEnrolment
from tests.ent.afterschool.services import apply, bring, renders
from tests.world import TODAY


def scene(world):
    """For axe: a file applied whose lines wait for the head or have an answer, another to read, a child who stays."""
    renders(world, Activity.Kind.EVENING)
    row = {"child": world.people["child_adam"], "days": "1234567", "fetched_by": "Mme Pomme", "starts_on": TODAY}
    ActivityEnrolment.objects.create(activity=Activity.objects.get(kind=Activity.Kind.EVENING), **row)
    lines = "Passant;Noé;;Tilleuls;;cantine;lundi;;;", "X;Y;;Z;;W;lun;;;"
    known = apply(world, *lines, "Canari;Lina-Rose;;Tilleuls;;cantine;lundi;;;").lines.get(last_name="Canari")
    match_line(line=known, child=world.people["child_lina"], person=world.people["head"], now=now())
    return {"service_file_id": bring(world, *lines).pk}


ROOMS = {
    "afterschool": (scene, (
        ("afterschool/city_sites.html", "afterschool:city_sites", "city_education"),
        ("afterschool/file_new.html", "afterschool:file_new", "city_education"),
        ("afterschool/file_detail.html", "afterschool:file_detail", "city_education"),
        ("afterschool/file_columns.html", "afterschool:file_columns", "city_education"),
        ("afterschool/team.html", "afterschool:team", "site_manager city_education"),
        ("afterschool/day.html", "afterschool:classroom_day", "teacher"),
        ("afterschool/day.html", "afterschool:school_day", "head"),
        ("afterschool/site_day.html", "afterschool:afterschool_day", "site_manager canteen"),
        ("afterschool/school_lines.html", "afterschool:school_lines", "head"),
    )),
}  # fmt: skip
