"""Two périscolaire sites: the city opens them and brings its file, their team reads it, says a word, changes a day."""

import csv
import io

from preau.demo import cast
from preau.demo.families import first_september
from preau.ent.afterschool import actions as services
from preau.ent.afterschool.queries import next_open_day
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Scope
from preau.schools.actions import change_activity_day
from preau.schools.models import Activity, ActivityEnrolment, Enrolment

Kind = Activity.Kind
SITES = {cast.HOME_SCHOOL: "Les Libellules", cast.OTHER_SCHOOL: "Les Hirondelles"}
RENDERS = (Kind.MORNING, Kind.CANTEEN, Kind.STUDY, Kind.EVENING)
HEADER = ("Nom", "Prénom", "Date de naissance", "École", "Service", "Jours", "Du", "Repart avec")
WEEKS = ("lundi, mardi, jeudi, vendredi", "lundi, jeudi", "mardi, vendredi", "lundi, mardi")
FETCHERS = ("Mme Rosa Pivoine, grand-mère", "M. Louis Bleuet, voisin", "", "Mme Anna Tulipe, nourrice")
WORD = "Ce soir, nous finissons la cabane du jardin. Prévoyez des bottes pour demain."


def open_sites(stage):
    """The city opens a site in two schools; the people of the first are named with the school's staff."""
    person, opened_at = stage.people["Odile Registre"], stage.now
    for school, name in SITES.items():
        stage.places["afterschool", school] = services.open_site(
            city=stage.city, name=name, school=stage.school(school), kinds=RENDERS, person=person, now=opened_at
        )


def bring_services(stage):
    """The file of the city's family software: most children eat, some stay; two lines wait for the head."""
    person = stage.people["Odile Registre"]
    given = {"city": stage.city, "name": "services-familles.csv", "data": _file(stage), "person": person}
    at = stage.ago(12)
    file = services.read_services(now=at, **given)
    services.apply_services(file=file, seen=None, person=person, now=at)


def _file(stage):
    """As the city's software writes it, and nothing of it true: two names in it are misspelt."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(HEADER)
    began = f"{first_september(stage.today):%d/%m/%Y}"
    for name in SITES:
        school = stage.school(name)
        rows = Enrolment.objects.current(stage.today).filter(school=school).select_related("pupil")
        for rank, row in enumerate(rows.order_by("pupil__sort_key", "pk")):
            last, first = row.pupil.last_name, row.pupil.first_name
            if name == cast.HOME_SCHOOL and rank in (2, 7):
                last = f"{last}-Martin"  # the name of another parent: only the school can tell
            who = (last, first, f"{row.pupil.birth_date:%d/%m/%Y}", school.uai)
            if rank % 4 != 3:
                writer.writerow((*who, Kind.CANTEEN.label, WEEKS[rank % 2], began, ""))
            if rank % 3 == 0:
                kind = Kind.STUDY if rank % 2 else Kind.EVENING
                writer.writerow((*who, kind.label, WEEKS[rank % 4], began, FETCHERS[rank % 4]))
    return text.getvalue().encode()


def speak_and_change(stage):
    """A word to the families of the site, and a child who does not eat on the next day of school."""
    site, manager = stage.places["afterschool", cast.HOME_SCHOOL], stage.people["Fanny Ritournelle"]
    posts.publish_post(
        person=stage.people["Rémi Cerceau"], place=site, scope=Scope.FAMILIES, text=WORD, now=stage.ago(1)
    )
    day = next_open_day(stage.city, stage.today)
    expected = ActivityEnrolment.objects.on(day).filter(activity__afterschool=site, activity__kind=Kind.CANTEEN)
    if one := expected.select_related("activity", "child").order_by("child__sort_key", "pk").first():
        change_activity_day(
            activity=one.activity,
            child=one.child,
            on=day,
            comes=False,
            person=manager,
            now=stage.now,
        )
