"""A dossier de rentrée of the small world, and a document that people send."""

import datetime

from django.utils.timezone import now

from preau.ent.yearfile import actions as yearfile
from preau.ent.yearfile.models import ContactChange, Opening, YearFile
from preau.media.documents import Document
from tests.canaries import TO_FETCH
from tests.media.test_documents import plain
from tests.world import TODAY

A_DOCUMENT = (Document("pdf", plain(), 1), "Programme")


def opened_year_file(world):
    """The dossier de rentrée, asked by the school: once, whatever else needs it."""
    if known := Opening.objects.filter(school=world.schools["tilleuls"]).first():
        return known
    head, school = world.people["head"], world.schools["tilleuls"]
    due_on = TODAY + datetime.timedelta(days=20)
    return yearfile.open_year_file(person=head, school=school, due_on=due_on, now=now())


def year_file_of(world):
    """What the actions of one guardian for one child take."""
    guardian = world.people["guardian"]
    return {"person": guardian, "guardian": guardian, "child": world.people["child_adam"], "now": now()}


def pickup(world):
    """Somebody whom a guardian names to fetch a child."""
    opened_year_file(world)
    return yearfile.name_pickup(**year_file_of(world), name=TO_FETCH, tie="grand-mère")


def year_file(world):
    """The file of that guardian."""
    return YearFile.objects.get(guardian=pickup(world).named_by)


def certificate(world):
    """What that guardian sends."""
    about = year_file_of(world)
    opened_year_file(world)
    return yearfile.send_certificate(person=about["person"], child=about["child"], sent=A_DOCUMENT, now=now())


def contact_change(world):
    """A telephone that this guardian wrote."""
    opened_year_file(world)
    yearfile.check_contacts(**year_file_of(world), written={}, added=(("mobile", "06 39 98 00 11"),))
    return ContactChange.objects.get(school=world.schools["tilleuls"])
