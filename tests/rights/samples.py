"""One real value for each name an address takes. A name without a sample fails the matrix."""

import io
import re

from django.utils.timezone import now
from PIL import Image

from preau.arrivals import actions as arrivals
from preau.arrivals.models import Decision
from preau.ent.agenda import actions as actions_of_agenda
from preau.ent.attendance import actions as absences
from preau.ent.mail import actions as mail
from preau.ent.notes import actions as notes
from preau.ent.posts import actions as posts
from preau.ent.posts.actions import NewPicture
from preau.media.images import draw_again
from preau.notify import actions as notify
from preau.notify.models import Expected
from preau.people import actions as people
from preau.people import email_links
from preau.people.models import Mandate
from preau.places.models import School
from preau.plan.equipment import actions as plan
from preau.plan.equipment.models import Measure, Quality
from preau.plan.equipment.queries import year_of
from preau.plan.rollouts.actions import record_acceptance
from preau.plan.sheets.actions import plan as sheets
from preau.schools.models import GroupMember, Guardianship
from preau.spaces import actions as spaces
from tests.canaries import BETWEEN_TWO, FOLLOWED, REPORTED, TO_FAMILIES
from tests.ent.agenda.acts import add, convene, open_slots, take
from tests.ent.attendance.acts import LAST, four_missed, missing_on, tell
from tests.ent.homework.acts import assign
from tests.kept import once
from tests.kit.test_push import Browser
from tests.rights import (
    afterschool,
    announcements,
    applications,
    comments,
    committees,
    finance,
    inventory,
    lessons,
    loans,
    notebooks,
    premises,
    priorities,
    rollouts,
    videos,
    wifi,
)
from tests.rights.yearfiles import A_DOCUMENT, certificate, contact_change, pickup, year_file
from tests.world import TODAY

CANARY = "Canari-post-cpb"  # what is published to the class carries a canary of its own

SAMPLES = {
    "school_id": lambda world: world.schools["tilleuls"].id,
    "nursery_id": lambda world: nursery(world).id,
    "classroom_id": lambda world: world.classrooms["cpb"].id,
    "pupil_id": lambda world: world.people["child_adam"].id,
    "child_id": lambda world: world.people["child_adam"].id,
    "group_id": lambda world: world.groups["ulis"].id,
    "afterschool_id": lambda world: world.afterschools["tilleuls"].id,
    "network_id": lambda world: world.networks["coteaux"].id,
    "department_id": lambda world: world.departments["vienne"].id,
    "city_id": lambda world: world.cities["marelle"].id,
    "slug": lambda world: world.schools["tilleuls"].slug,
    "place_id": lambda world: world.schools["tilleuls"].id,
    "kind": lambda world: "school",
    "paper_kind": lambda world: "aipd",
    "extension": lambda world: "csv",
    "year": lambda world: year_of(TODAY),
    "publication_id": lambda world: public_post(world).publication_id,
    "post_id": lambda world: class_post(world).id,
    "device_id": lambda world: device(world).id,
    "event_id": lambda world: add(world, title=f"{CANARY} au musée").id,
    "feed_token": lambda world: actions_of_agenda.make_feed(person=world.people["guardian"], now=now()),
    "assignment_id": lambda world: assign(world, text=f"{CANARY} page 12").id,
    "assignment_file_id": lambda world: assign(world, text=f"{CANARY} page 12", files=[A_DOCUMENT]).files.get().id,
    "due_day_id": lambda world: assign(world, "teacher_other_class", "cm2", text=f"{CANARY[:-3]}cm2").due_days.get().id,
    "council_id": lambda world: convene(world).id,
    "round_id": lambda world: open_slots(world, title=CANARY).id,
    "slot_id": lambda world: take(world, open_slots(world, title=CANARY), wish=CANARY).slot_id,
    "note_id": lambda world: class_note(world).id,
    "file_id": lambda world: class_note(world, files=[A_DOCUMENT]).files.get().id,
    "post_file_id": lambda world: post_file(world).id,
    "video_id": lambda world: videos.ready(class_post(world), heard=CANARY).id,
    "answer_file_id": lambda world: answer_file(world).id,
    "absence_id": lambda world: tell(world, reason="illness").id,
    "missing_id": lambda world: found_missing(world).id,
    "absentee_id": lambda world: absences_followed(world).id,
    "expected_id": lambda world: coupon(world).id,
    "year_file_id": lambda world: year_file(world).id,
    "asked_child_id": lambda world: pickup(world).child_id,
    "pickup_id": lambda world: pickup(world).id,
    "certificate_id": lambda world: certificate(world).id,
    "change_id": lambda world: contact_change(world).id,
    "picture_id": lambda world: class_post(world).publication.pictures.get().id,
    "mandate_id": lambda world: Mandate.objects.get(person=world.people["supply"]).id,
    "staff_id": lambda world: Mandate.objects.get(person=world.people["teacher"]).id,
    "named_id": lambda world: Mandate.objects.get(person=world.people["head"]).id,
    "link_id": lambda world: Guardianship.objects.get(guardian=world.people["guardian"]).id,
    "member_id": lambda world: GroupMember.objects.get(group=world.groups["ulis"]).id,
    "help_id": lambda world: call_for_help(world).id,
    "ask_id": lambda world: people.ask_sheet(holder=world.people["guardian"], now=now()).id,
    "sign_in_id": lambda world: sign_in(world).id,
    "email_token": lambda world: email_token(world),
    "acceptance_id": lambda world: acceptance(world).id,
    "fact_id": lambda world: fact(world).id,
    "draft_id": lambda world: draft(world).id,
    "import_id": lambda world: plan_batch(world).id,
    "upload_id": lambda world: files_received(world).id,
    "file_place": lambda world: 0,
    "decision_id": lambda world: answer(world).id,
    "batch_id": lambda world: files_applied(world).id,
    "job_id": lambda world: sheets_of_a_class(world).id,
    "holder_id": lambda world: world.people["guardian"].id,
    "stop_id": lambda world: stop(world).id,
    "correspondent_id": lambda world: world.people["teacher"].id,
    "conversation_id": lambda world: talk(world).id,
    "message_id": lambda world: talk(world).messages.get().id,
    "message_file_id": lambda world: talk(world, files=[A_DOCUMENT]).messages.get().files.get().id,
    "report_id": lambda world: report(world).id,
    "school_kind": lambda world: "elementary",
}
OF_ROOMS = (
    afterschool, announcements, applications, committees, inventory, loans, notebooks, lessons, comments, premises,
    rollouts, priorities, wifi, finance,
)  # fmt: skip
for room in OF_ROOMS:
    # A name given twice would hide the sample of another room's address.
    assert not set(SAMPLES) & set(room.SAMPLES), f"{room.__name__}: {set(SAMPLES) & set(room.SAMPLES)}"
    SAMPLES |= room.SAMPLES


def sample_kwargs(world, path):
    """{name: value} for « classe/<uuid:classroom_id>/ »."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", path)
    assert set(names) <= set(SAMPLES), f"{path}: give each name a value in SAMPLES (tests/rights/samples.py)"
    return once(("samples", *names), lambda: {name: SAMPLES[name](world) for name in names}, world)


def call_for_help(world):
    """Somebody who cannot enter writes to the school."""
    said = {"school_typed": "", "city": None, "words": "Je ne peux plus entrer.", "name": "", "reach": ""}
    return people.ask_help(school=world.schools["tilleuls"], now=now(), **said)


def email_token(world):
    """The link of the address that the head gave."""
    account = world.account("head")
    people.set_email(account=account, email="direction@ecole.example", person=account.person, now=now())
    return email_links.token_of(account)


def public_post(world):
    """Something the school says to everyone."""
    school = world.schools["tilleuls"]
    return posts.publish_post(person=world.people["head"], place=school, scope="public", text="Bonjour", now=now())


def post_file(world):
    """A document joined to it."""
    post = class_post(world)
    return posts.join_files(person=post.publication.author, post=post, files=[A_DOCUMENT], now=now()).files.get()


def class_post(world):
    """A picture and a sentence for one class."""
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "#cfe6f2").save(data, "PNG")
    return posts.publish_post(
        person=world.people["teacher"],
        place=world.classrooms["cpb"],
        scope="class",
        text=f"{CANARY} peint.",
        now=now(),
        pictures=[NewPicture(draw_again(data.getvalue(), "photo.png"))],
        no_child_declared=True,
    )


def class_note(world, **more):
    """A mot to the families of one class."""
    targets = [notes.Target(world.classrooms["cpb"])]
    said = {"title": "Sortie au parc", "text": f"{CANARY} va au parc.", "nature": "sign"}
    return notes.send_note(person=world.people["teacher"], targets=targets, now=now(), **said | more)


def answer_file(world):
    """What a guardian sends when a mot asks for a document."""
    note, who = class_note(world, nature="file"), ("guardian", "child_adam")
    guardian, child = (world.people[name] for name in who)
    return notes.answer_note(person=guardian, note=note, child=child, version=1, now=now(), sent=A_DOCUMENT).file


def coupon(world):
    """What the school expects of one guardian, for one child."""
    expected = Expected.objects.filter(notice__publication=class_note(world).publication_id)
    return expected.get(person=world.people["guardian"])


def found_missing(world):
    """An absence that an appel found."""
    four_missed(world)
    return missing_on(world, LAST, "child_adam")


def absences_followed(world):
    """Who missed four half-days; what the head did about another is read by the head alone."""
    followed, month = four_missed(world, "child_ulis", room="cm2"), LAST.replace(day=1)
    said = {"school": world.schools["tilleuls"], "month": month, "outcome": "met", "note": FOLLOWED, "now": now()}
    absences.close_line(person=world.people["head"], pupil=followed, **said)
    return four_missed(world)


def talk(world, **more):
    """What a guardian writes to the teacher, of which nobody else may meet a word."""
    people = [world.people[name] for name in ("guardian", "teacher", "child_adam")]
    said = {"subject": "Le goûter", "text": f"{BETWEEN_TWO} demande.", "now": now()} | more
    return mail.begin(person=people[0], to=[people[1]], child=people[2], school=world.schools["tilleuls"], **said)


def report(world):
    """What the teacher says of it: it is the head's to read."""
    message = talk(world).messages.get()
    said = {"reason": "insult", "words": f"{REPORTED} encore.", "now": now()}
    return mail.report_message(person=world.people["teacher"], message=message, **said)


def device(world):
    """A telephone of a guardian to whom something was said."""
    given = Browser().given("https://updates.push.services.mozilla.com/wpush/v2/rights")
    return notify.keep_device(person=world.people["guardian"], name="Firefox sur Android", now=now(), **given)


def sign_in(world):
    """The teacher's own way in."""
    return people.open_sign_in(
        account=world.account("teacher"),
        session_key="k" * 32,
        way="password",
        device="Firefox",
        network=None,
        now=now(),
    )


def stop(world):
    """What the class of the youngest publishes is stopped for its pupils."""
    room, head = world.classrooms["gs"], world.people["head"]
    return spaces.stop_place(person=head, place=room, readers=["pupils"], why="check", now=now())[0]


def nursery(world):
    """A school that has no social index of its own."""
    tilleuls = world.schools["tilleuls"]
    return School.objects.get_or_create(
        city=tilleuls.city, slug="hirondelles", name="Les Hirondelles", kind="nursery", district=tilleuls.district
    )[0]


def acceptance(world):
    """A class of the plan received whole."""
    return record_acceptance(
        person=None,
        school=world.schools["tilleuls"],
        label="CP B",
        kit=rollouts.kit(world),
        accepted_on=TODAY,
        source="procès-verbal",
        now=now(),
    )


def fact(world):
    """A figure of the city."""
    return plan.record_fact(
        person=None,
        city=world.cities["marelle"],
        measure=Measure.EQUIPPED_NURSERIES,
        value=1,
        as_of=TODAY,
        source="essai",
        quality=Quality.DECLARED,
        now=now(),
    )


def draft(world):
    """The city's own sheet, read and not yet applied."""
    header = "école;UAI;nature;année;classes équipées;montant;HT/TTC;source"
    school = world.schools["tilleuls"]
    text = f"{header}\n{school.name};{school.uai};primaire;2018;2;1000;TTC;x"
    return sheets.keep_draft(person=None, city=world.cities["marelle"], name="plan.csv", data=text.encode(), now=now())


def plan_batch(world):
    """The same sheet, applied."""
    return sheets.apply_draft(person=None, draft=draft(world), now=now()).batch


def files_received(world):
    """A pupils' file that waits for its head."""
    line = "Canari-child_adam;Child;03/05/2017;CP;Canari-classe-cpb"
    data = f"Nom élève;Prénom élève;Date naissance;Niveau;Libellé classe\n{line}\n".encode()
    return arrivals.receive_files(
        school=world.schools["tilleuls"],
        files=[arrivals.IncomingFile("eleves.csv", data)],
        person=world.people["head"],
        now=now(),
    )


def files_applied(world):
    """The same file, applied."""
    return arrivals.apply_upload(upload=files_received(world), person=world.people["head"], now=now())


def answer(world):
    """What a head once said of a likeness."""
    return Decision.objects.create(
        school=world.schools["tilleuls"], first_key="line:a", second_key="line:b", verdict="same", decided_at=now()
    )


def sheets_of_a_class(world):
    """Connection sheets just made."""
    (job,) = arrivals.ask_sheets(
        school=world.schools["tilleuls"],
        classrooms=[world.classrooms["cpb"]],
        layout="eight",
        with_pupils=True,
        renews_active=True,
        address="http://localhost/premiere-fois/",
        person=world.people["head"],
        now=now(),
    )
    return job


def fill(world):
    """Something published for the class, for a group of two classes, and for the families of the school: only these may
    read their canaries; two addresses."""
    for name in ("teacher", "city_it"):
        account = world.account(name)
        account.email, account.email_confirmed_at = f"{name}@ecole.example", now()
        account.save(update_fields=["email", "email_confirmed_at"])
    notify.choose_evening(person=world.people["city_it"], wants=True, now=now())
    posts.publish_post(
        person=world.people["head"],
        place=world.schools["tilleuls"],
        scope="families",
        text=f"{TO_FAMILIES}.",
        now=now(),
    )
    said = class_post(world)
    notify.announce(publication=said.publication, person=world.people["teacher"], now=now())
    for name in ("guardian", "guardian_coparent", "guardian_other_family"):
        notify.mark_seen(publication=said.publication, person=world.people[name], now=now())
    public_post(world)
    lessons.say_to_group(world)
