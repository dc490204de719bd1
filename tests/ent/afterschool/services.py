"""The city's file as the tests write it, and how they bring it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.afterschool import actions, queries
from preau.schools.models import Activity
from tests.world import TODAY

HEADER = "Nom;Prénom;Date de naissance;École;Site;Service;Jours;Du;Au;Repart avec"


def csv_of(*lines) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def line_of(world, name, *, service="cantine", days="lundi, mardi", school="tilleuls", born="", fetched=""):
    child = world.people[name]
    return f"{child.last_name};{child.first_name};{born};{world.schools[school].name};;{service};{days};;;{fetched}"


def upload(data, name="services.csv"):
    return {"sheet": SimpleUploadedFile(name, data, content_type="text/csv")}


def bring(world, *lines, by="city_education"):
    """The file read, not applied."""
    city, person = world.cities["marelle"], world.people[by]
    return actions.read_services(city=city, name="services.csv", data=csv_of(*lines), person=person, now=now())


def apply(world, *lines, complete=False):
    file, person = bring(world, *lines), world.people["city_education"]
    return actions.apply_services(file=file, seen=None, complete=complete, person=person, now=now())


def renders(world, *kinds, site="tilleuls"):
    for kind in kinds:
        Activity.objects.get_or_create(afterschool=world.afterschools[site], kind=kind)


def plan(file, **options):
    return queries.plan_of(file, TODAY, **options)


def url(name, thing, query=""):
    return reverse(f"afterschool:{name}", args=[thing.pk]) + query
