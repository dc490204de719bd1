"""Things that most may not see, and who may: by hand from the plan's matrix and the words of the screens.

A thing is hidden whole: its text, that it exists, that it is one more. Whoever is not named here must read every page
as if it had never been made.
"""

import io

from django.utils.timezone import now
from PIL import Image

from preau.ent.posts import actions as posts
from preau.ent.posts.actions import NewPicture
from preau.media.images import draw_again
from preau.people import actions as people
from preau.plan.applications import actions as files
from preau.plan.applications.models import Application, Authority, Opinion
from preau.plan.governance import actions as governance
from preau.plan.priorities import actions as priorities
from preau.schools import actions as schools
from preau.schools.models import Guardianship
from tests.plan.priorities.test_recommendations import LINES
from tests.rights import samples
from tests.rights.committees import copil
from tests.rights.full import fill_whole
from tests.world import TODAY

CITY_OF_FAR = {"head_far", "city_education_far", "ien_other", "guardian_far", "pupil_far"}
STATE = {"dsden", "dan", "ia_dasen", "ia_dasen_deputy"}
# Who follows the committees of the city, drafts of sessions too; who reads the school's file.
FOLLOWERS = STATE | {
    "city_education",
    "city_it",
    "city_finance",
    "elected",
    "ien",
    "erun",
    "pedagogical_adviser",
    "trainer",
}
READERS = (FOLLOWERS | {"head", "teacher", "teacher_other_class"}) - {"city_finance", "elected"}


def picture():
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "#f2e6cf").save(data, "PNG")
    return NewPicture(draw_again(data.getvalue(), "autre.png"))


def post(world, who, room, **more):
    return posts.publish_post(
        person=world.people[who], place=world.classrooms[room], scope="class", text="Canari-cache", now=now(), **more
    )


def draft(world):
    posts.write_post(
        person=world.people["teacher"], place=world.classrooms["cpb"], scope="class", text="Canari-cache", now=now()
    )


def withdrawn(world):
    posts.withdraw_post(person=world.people["teacher"], post=post(world, "teacher", "cpb"), now=now())


def proposed(world):
    posts.publish_post(
        person=world.people["teacher"], place=world.schools["tilleuls"], scope="public", text="Canari-cache", now=now()
    )


def other_class(world):
    post(world, "teacher_other_class", "cm2", pictures=[picture()], no_child_declared=True)


def membership(world):
    """A second pupil joins the dispositif."""
    schools.add_member(
        group=world.groups["ulis"],
        pupil=world.people["child_lina"],
        starts_on=TODAY,
        person=world.people["head"],
        now=now(),
    )


def restriction(world):
    """A judge decides of the other mother."""
    link = Guardianship.objects.get(guardian=world.people["guardian_coparent"])
    schools.restrict_guardian(link=link, on=TODAY, reference="Canari-juge", person=world.people["head"], now=now())


def contact(world):
    """A guardian says where to write to her."""
    account = world.account("guardian")
    people.set_email(account=account, email="canari@famille.example", person=account.person, now=now())


def reviewed(world):
    """The file before the State, the IEN and the DAN having spoken: what hidden opinions stand beside."""
    give(world, "ien", Authority.IEN)
    give(world, "dan", Authority.DAN, is_confidential=True)


def give(world, who, authority, **more):
    opinion = Opinion.objects.get(application=file_of(world), authority=authority)
    files.give_opinion(
        person=world.people[who], opinion=opinion, verdict="favourable", motivation="Un motif.", now=now(), **more
    )


def file_of(world):
    return Application.objects.filter(opinions__isnull=False, call__city=world.cities["marelle"]).latest("id")


def confidential(world):
    """One more: that it is given shows to who reads the file, and as a sealed act to who follows the plan."""
    give(world, "dsden", Authority.DSDEN, is_confidential=True)


def reworded(world):
    """What the DAN's confidential opinion says."""
    Opinion.objects.filter(application=file_of(world), authority=Authority.DAN).update(
        verdict="unfavourable", motivation="Canari-avis"
    )


def note(world):
    """The DAN's own note."""
    files.save_note(
        person=world.people["dan"],
        application=file_of(world),
        authority=Authority.DAN,
        question="",
        text="Canari-note",
        version=0,
        now=now(),
    )


def message(world):
    files.send_message(person=world.people["head"], application=file_of(world), text="Canari-message", now=now())


def unsigned(world):
    priorities.write_recommendation(
        person=world.people["dsden"],
        city=world.cities["marelle"],
        school_kind="nursery",
        reasons="Canari-motif",
        lines=LINES,
        now=now(),
    )


def session(world):
    """A committee being prepared."""
    agent = world.people["city_education"]
    made = governance.plan_session(person=agent, committee=copil(world), planned_on=TODAY, now=now())
    governance.add_item(person=agent, session=made, title="Canari-point", presented_by="city", now=now())


def papers(world):
    """Pupils' files received, answered, and sheets printed."""
    samples.files_received(world)
    samples.sheets_of_a_class(world)


def sheet(world):
    """The city's own table, not applied."""
    samples.draft(world)


def elsewhere(world):
    """Everything that can be in the other city; that its schools are there is public."""
    fill_whole(world.far)


# {what: who may see that it is there}
SEEN_BY = {
    draft: {"teacher"},
    withdrawn: {"teacher", "head"},
    proposed: {"teacher", "head"},
    other_class: {"teacher_other_class", "head", "guardian_other_class", "guardian_ulis", "pupil_cm2"},
    membership: {"head", "teacher", "supply", "aesh", "guardian_other_family", "guardian_ulis"},
    # Who publishes to the school or to the Ville is told how many adults it reaches, to one.
    restriction: {
        "head", "guardian_coparent", "teacher", "teacher_other_class", "supply", "aesh", "city_education",
    },
    contact: {"guardian", "head"},
    confidential: READERS | FOLLOWERS | {"parents_federation"},
    reworded: STATE | {"city_education", "city_it"},
    note: {"dan"},
    message: READERS,
    unsigned: STATE,
    session: FOLLOWERS,
    papers: {"head"},
    sheet: {"city_education", "city_it"},
    elsewhere: CITY_OF_FAR,
}  # fmt: skip
