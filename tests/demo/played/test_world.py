"""The named world, played once: who is in it, what they see, and that bulk rows have the shape of action-made ones."""

import collections
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from preau.demo import bulk, cast
from preau.demo.models import DemoMark
from preau.demo.rows.mots import Family, mot_rows
from preau.demo.rows.plan import asset_rows, plan_rows
from preau.demo.rows.posts import post_rows
from preau.demo.rows.school import Bulk, Identifiers, rows_of
from preau.demo.rows.wifi import room_rows, window_rows
from preau.demo.signins import sign_ins
from preau.ent.posts.models import Post
from preau.insight.usage.models import ClosedWeek, RawHit
from preau.kit import digest
from preau.people.models import SECOND_FACTOR_ROLES, Account, Mandate, Person, Role
from preau.places.models import City, Group, School
from preau.schools.models import Enrolment, Guardianship
from preau.spaces.models import Publication
from tests.demo import doors, sight
from tests.demo.writes import Written
from tests.world import enter

# What the demo alone does, each for its reason: an action, or one of its arguments.
ONLY_HERE = {
    ("people.actions.accounts", "set_totp"): "a second factor is one's own: allauth's page writes it from a telephone",
    ("plan.ambitions.actions", "add_deck_ambitions"): "a published text at once; a city writes its own one by one",
    ("plan.equipment.actions.facts", "record_facts"): "one publication at once; `record_fact` writes each figure",
    ("plan.equipment.actions.kits", "publish_kit_version", "quality"): "« diaporama 2018 », « fictif »: not by hand",
    ("plan.rollouts.actions.receptions", "open_reception", "quality"): "« fictif »: not by hand",
    ("plan.governance.actions.decisions", "decide", "object_id"): "the point of the agenda gives it",
    ("plan.governance.actions.decisions", "decide", "object_kind"): "the point of the agenda gives it",
    ("plan.inventory.actions.receiving", "receive_assets", "city"): "the school's, when a school is given",
}  # fmt: skip

# Columns that actions fill for some rows and bulk never does, each for its reason.
LEFT_EMPTY = {
    "people.Person": {"reading_language"},
    # Nobody came in by the door, gave an address, nor was suspended.
    "people.Account": {"last_login", "email", "email_confirmed_at", "suspended_at", "sessions_from"},
    # Bulk engages teachers and heads only.
    "people.Mandate": {"title", "afterschool", "city", "department", "district", "ends_on"},
    "journal.Entry": {"detail_digest", "bound_digest"},  # no act of bulk keeps values, none locks a copy
    # In classes, as it was, for all of them.
    "spaces.Publication": {
        "afterschool", "group", "school", "network", "city", "district", "question", "withdrawn_at", "withdrawn_by",
    },
    "spaces.Reach": {"child"},
    # Bulk brings things into use, files as the IEN has just read them, roll-outs that begin.
    "inventory.Asset": {"room", "note", "loaned_to", "due_on", "retired_on", "disposed_on", "price_cents"},
    "applications.Application": {
        "closing_reason",
        "reminded_on",
        "decision_id",
        "decision_number",
        "decided_on",
        "decision_reason",
    },
    "applications.Opinion": {"given_by", "reminded_on", "lifted_at", "lifting_reason"},
    "rollouts.Rollout": {"programme_entry_id", "settled_kit", "service_on", "abandoned_on", "abandoned_reason"},
    "rollouts.RolloutStep": {"blocked_on", "blocked_cause"},
    "posts.Post": {
        "confirmed_at", "confirmed_by", "no_child_declared_at", "edited_at", "leaves_at", "scheduled_at", "kept_back",
        "told_week",
    },
    # Mots that leave at once, to a class, and are not corrected.
    "notes.Note": {
        "choices", "wording", "answer_before", "outing", "happens_on", "leaves_at", "returns_at", "returns_on",
        "urgent_reason", "due_at", "corrected_at",
    },
    "notes.NoteTarget": {"school", "group", "child"},
    "notes.Answer": {"choice", "on_date", "text", "paper_asked_at"},
    "wifi.WifiWindow": {"point"},  # the access points of bulk stay on walls, not in a cart that a session names
}  # fmt: skip
# What the worker, then the school, do after the days that the demo plays: the mails are queued, coupons come back.
LATER = {
    "notify.Notice": {"told_at"},
    "notify.Expected": {"paper_out_at", "paper_back_at"},
    "notes.Answer": {"paper_at"},
}


def shapes(rows):
    """Model label → column → the states met: null, empty, set; for a choice, its very values."""
    found = collections.defaultdict(lambda: collections.defaultdict(set))
    for row in rows:
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            state = "null" if value is None else "empty" if value in ("", [], {}) else "set"
            found[row._meta.label][field.name].add(str(value) if field.choices and value else state)
    return found


def rows_of_models(models):
    return [row for model in models for row in model._base_manager.all()]


def test_the_world_is_whole_and_twice_changes_nothing(played, capsys):
    schools = School.objects.filter(uai__in=cast.LABORATORY.values()).annotate(count=Count("enrolments"))
    assert {school.count for school in schools} == {125}
    assert Enrolment.objects.count() == 779  # 24 of the equipped classes of the commune
    assert {m.role for m in Mandate.objects.all()} == set(Role.values)
    assert set(Group.objects.values_list("kind", flat=True)) >= {"ulis", "upe2a"}
    lina = Person.objects.get(first_name="Lina", last_name="Toupie", birth_date__isnull=False)
    homes = {link.guardian.contacts.get(kind="address").value for link in lina.guardian_links.all()}
    assert len(homes) == 2
    paper = Person.objects.get(first_name="Régis", last_name="Osselet")
    assert not hasattr(paper, "account")
    assert Guardianship.objects.filter(guardian=paper).count() == 1

    ngoc = Person.objects.get(first_name="Ngoc", last_name="Lanterne")
    assert ngoc.get_reading_language_display() == "le vietnamien"

    amina = Person.objects.get(first_name="Amina", last_name="Marelle")
    assert {link.child.full_name for link in amina.children_links.all()} == {"Adam Marelle", "Sara Marelle"}
    craie = Person.objects.get(first_name="Violette", last_name="Craie")  # teaches in one school, mother in another
    assert [link.child.first_name for link in craie.children_links.all()] == ["Nino"]
    given = Mandate.objects.filter(role=Role.SUPPLY_TEACHER)
    assert {day for each in given for day in (each.starts_on, each.ends_on)} == {timezone.localdate()}
    assert given.count() == 2  # one who is here for the day, one who takes a second class
    assert ClosedWeek.objects.exists() and not RawHit.objects.filter(week__in=ClosedWeek.objects.values("week"))

    before = digest.take().value
    call_command("demo")
    assert digest.take().value == before
    assert DemoMark.objects.get().scale == 1
    shown = capsys.readouterr().out
    for name in ("Violette Craie", "Hélène Ardoise", "Amina Marelle", "Inès Diabolo", "Maud Trousseau"):
        assert name in shown


def test_a_photo_waits_for_its_sentence_and_a_page_for_the_head(played, client):
    teacher = Person.objects.get(first_name="Violette", last_name="Craie")
    unpublished = Post.objects.exclude(publication__state="published")
    recalled = unpublished.filter(publication__state="withdrawn")
    assert {post.publication.author.account.is_active for post in recalled} == {False} and len(recalled) == 2
    leaving = unpublished.exclude(leaves_at=None).get()
    assert leaving.publication.state == "draft" and leaving.publication.author_id == teacher.pk
    others = [post for post in unpublished if post not in (leaving, *recalled)]
    waiting = {post.publication.state: post for post in others}
    assert set(waiting) == {"draft", "waiting"}
    assert {post.publication.author_id for post in waiting.values()} == {teacher.pk}
    assert waiting["draft"].text == "" and waiting["draft"].publication.pictures.count() == 1
    enter(client, teacher.account)
    assert "Une photo, sans texte" in client.get("/aujourdhui/").content.decode()
    head = Person.objects.get(first_name="Hélène", last_name="Ardoise")
    enter(client, head.account)
    assert "1\u00a0publication attend votre décision" in client.get("/aujourdhui/").content.decode()


def test_every_role_has_a_sign_in_and_its_code(played):
    rows = sign_ins(at=1_800_000_000)
    held = set()
    for row in rows:
        person = Account.objects.get(identifier=row.identifier).person
        roles = set(person.mandates.values_list("role", flat=True))
        held |= roles
        assert bool(re.fullmatch(r"\d{6}", row.code)) == bool(roles & set(SECOND_FACTOR_ROLES)), row
    assert held == set(Role.values)
    readme = (settings.ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z]\.[a-z]+)`", readme)) == {row.identifier for row in rows}
    assert len(readme.splitlines()) <= 120
    assert len({row.identifier for row in rows}) == len(rows)


def test_bulk_rows_have_the_shape_of_rows_made_by_actions(played):
    city = City.objects.get(slug=cast.COMMUNE)
    now = timezone.now()
    shared = Bulk(timezone.localdate(now), now, Identifiers(()), timezone.localdate(now), "!")
    made = rows_of(city.schools.first(), 130, shared)
    mandate = next(m for m in made.rows[Mandate] if m.classroom_id)
    post_rows(made, mandate.classroom, mandate.person, 12, shared)
    links = [Family(link.child_id, link.guardian_id, rank % 2 > 0) for rank, link in enumerate(made.rows[Guardianship])]
    mot_rows(made, mandate.classroom, mandate.person, links[:80], 2, shared)
    _add_plan(made, shared, mandate.person_id)
    of_actions = shapes(rows_of_models([*made.rows, *({Publication} - set(made.rows))]))
    bulk._insert(made)
    _assert_kept(made)
    of_bulk = shapes(row for rows in made.rows.values() for row in rows)
    wrong = []
    for label, columns in of_bulk.items():
        for name, states in columns.items():
            if name == "id":
                continue  # the maker's, or numbered by the base, which does not always tell
            known = of_actions[label][name]
            if states - known and name not in LATER.get(label, ()):
                wrong.append(f"{label}.{name}: {states - known}, which no action leaves")
            if known - {"null", "empty"} and not states - {"null", "empty"} and name not in LEFT_EMPTY.get(label, ()):
                wrong.append(f"{label}.{name}: never filled, actions do")
    assert not wrong, "\n".join(wrong)


def _assert_kept(made):
    """Each base takes many rows in its own way: it holds what was made, column by column."""
    for model, rows in made.rows.items():
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        kept = list(model.objects.values_list(*names))
        missing = [row for row in (tuple(getattr(row, name) for name in names) for row in rows) if row not in kept]
        assert missing == [], model


def _add_plan(made, shared, head_id):
    """A school of another commune, as `bulk` fills it."""
    city = City.objects.create(
        name="Commune fictive 02", slug="commune-fictive-02", department=made.school.city.department, is_fictitious=True
    )
    made.school = School.objects.create(name="École fictive", slug="ecole-fictive", kind="elementary", city=city)
    asset_rows(made, range(40), shared, set())
    plan_rows(made, shared, bulk._city_plan(city, shared), head_id)
    window_rows(made, room_rows(made, shared).pk, range(18), {}, shared, head_id)


def test_scale_counts():
    assert sum(bulk._shares(6_750, 39)) == 6_750
    assert sum(bulk._shares(67_500, 405)) == 67_500


@pytest.mark.once  # the matrix asks each of these pages of both bases
def test_who_opens_the_page_of_a_thing_is_who_its_visible_set_holds(played):
    """House law 4: in the set, the page or a refusal that says why; out of it, the page of what does not exist."""
    today, wrong, met = localdate(), [], set()
    for account in sight.readers():
        client = Client()
        enter(client, account)
        for name, visible_to in sight.PAGES.items():
            for pk, is_seen in sight.samples(visible_to, account.person, today):
                status = client.get(reverse(name, args=[pk])).status_code
                met.add((name, is_seen))
                if is_seen == (status == 404):
                    wrong.append((name, account.person.formal_name, is_seen, status))
    assert wrong == []
    assert {(name, is_seen) for name in sight.PAGES for is_seen in (True, False)} == met


def test_whatever_the_demo_writes_a_page_or_a_command_lets_someone_write(played, played_once):
    """House.md §8: a figure that only the demo can hold is not there. Each action that the demo calls is reached from
    an address, a command or a task, and each field it is given can be given there."""
    assert len(played_once.acts) > 100
    assert doors.without_writer(played_once) == set(ONLY_HERE)
    assert dict(played_once.direct) == {"demo.play": {("demo.DemoMark", "made_at")}}


@pytest.mark.long
def test_a_writer_that_only_the_demo_has_is_named():
    """The law itself: an action out of reach, and a field that no form gives."""
    written = Written()
    for act, name in (
        (("places.actions", "add_school"), "location_source"),
        (("places.actions", "add_school"), "uai"),
        (("demo_only.actions", "invent"), "x"),
        (("plan.equipment.actions.yearly", "record_school_figures"), "source"),
    ):
        written.acts[act].add(("places.School", name))
        written.given[act].add(name)
    assert doors.without_writer(written) == {
        ("places.actions", "add_school", "location_source"),
        ("demo_only.actions", "invent"),
    }
