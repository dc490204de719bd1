"""City staff of a school, told apart by a title alone, become ATSEM or agents of a périscolaire site."""

from django.db import migrations

FORMER = "school_city_staff"
ATSEM, ANIMATOR, CATERING = "atsem", "animator", "catering"
# The titles that the page of the team wrote: the role says them now.
TITLES = {
    "ATSEM": ATSEM,
    "animatrice périscolaire": ANIMATOR, "animateur périscolaire": ANIMATOR, "équipe périscolaire": ANIMATOR,
    "agente de restauration": CATERING, "agent de restauration": CATERING, "équipe de restauration": CATERING,
}  # fmt: skip


def role_of(mandate) -> str:
    """By its title; of another title the one that opens least: who was in a class stays in it, others read a canteen."""
    return TITLES.get(mandate.title) or (ATSEM if mandate.classroom_id else CATERING)


def convert(apps, editor):
    """ATSEM keep their class or their school; animators and restauration leave it for a site made for the school."""
    sites = {}
    mandates = apps.get_model("people", "Mandate").objects.filter(role=FORMER)
    for mandate in mandates.select_related("school__city", "classroom__school__city").order_by("pk"):
        mandate.role = role_of(mandate)
        mandate.title = "" if mandate.title in TITLES else mandate.title
        if mandate.role != ATSEM:
            school = mandate.school or mandate.classroom.school
            mandate.school = mandate.classroom = None
            mandate.afterschool = sites.get(school.pk) or sites.setdefault(school.pk, site_of(apps, school))
        mandate.save()


def site_of(apps, school):
    """The site that stands in this school, opened here when there is none."""
    sites = apps.get_model("places", "AfterSchool").objects
    found = sites.filter(school=school).order_by("pk").first()
    if found:
        return found
    name, number = f"Périscolaire {school.shown_name or school.name}"[:110], 1
    taken = set(sites.filter(city=school.city).values_list("name", flat=True))
    while (called := f"{name} ({number})" if number > 1 else name) in taken:
        number += 1
    return sites.create(city=school.city, school=school, name=called)


class Migration(migrations.Migration):
    dependencies = [("people", "0016_afterschool_roles"), ("places", "0007_afterschool")]

    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
