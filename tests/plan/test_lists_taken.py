"""Lists of the plan to take away: the page's own lines, for its readers and no one else, in the same few queries."""

from uuid import uuid4

import pytest
from django.urls import reverse

from preau.kit.tables import read_table
from preau.places.models import Building, Room
from preau.plan.ambitions.models import Ambition
from preau.plan.applications.models import FormField, Opinion
from preau.plan.equipment.models import Fact
from preau.plan.governance.models import Seat, Session
from preau.plan.inventory import actions as inventory
from preau.plan.rollouts.models import RolloutStep
from tests.kept import kept
from tests.plan.desk.conftest import Story
from tests.plan.priorities.conftest import NOW, TODAY
from tests.plan.priorities.conftest import Scene as Ranks
from tests.rights import committees

# Whose list it is, where the address says it.
OF = {
    "governance:session_export": lambda world: world.cities["marelle"].committees.get(kind="copil").pk,
    "inventory:count_export": lambda world: world.schools["tilleuls"].pk,
    "governance:seat_export": lambda world: world.cities["marelle"].committees.get(kind="copil").pk,
    "rollouts:step_export": lambda world: world.schools["tilleuls"].rollouts.get().pk,
    "premises:premises_export": lambda world: world.schools["tilleuls"].pk,
    "desk:school_base_export": lambda world: world.schools["tilleuls"].pk,
}
# What leaves → its page, a reader, a word of the table, who finds nothing there.
TABLES = {
    "equipment:class_export": ("equipment:class_list", "dsden", "Tilleuls", "guardian"),
    "equipment:kit_export": ("priorities:kit_list", "city_education", "par classe", "guardian"),
    "equipment:fact_export": ("equipment:fact_list", "city_education", "'=SOMME(A1)", "guardian"),
    "studies:comparison_export": ("studies:comparison_list", "dsden", "", "head"),
    "studies:cohort_export": ("studies:cohort_list", "elected", "", "head_far"),
    "governance:session_export": ("governance:session_list", "elected", "'=SOMME(A1)", "head"),
    "applications:opinion_export": ("applications:opinion_list", "dsden", "à rendre", "head"),
    "applications:form_export": ("applications:form_list", "city_education", "'=SOMME(A1)", "elected"),
    "inventory:count_export": ("inventory:count_list", "city_it", "toute l’école", "guardian"),
    "governance:seat_export": ("governance:seat_list", "dsden", "'=SOMME(A1)", "head"),
    "governance:dossier_export": ("governance:dossier_list", "elected", "membres du comité", "teacher"),
    "ambitions:ambition_export": ("ambitions:ambition_list", "head", "'=SOMME(A1)", "guardian"),
    "rollouts:step_export": ("rollouts:rollout_detail", "dsden", "'=SOMME(A1)", "head_far"),
    "premises:premises_export": ("premises:premises_detail", "teacher", "'=SOMME(A1)", "head_far"),
    "desk:school_base_export": ("desk:school_base", "dan", "'=SOMME(A1)", "teacher_other_school"),
}


@pytest.fixture
@kept
def filled(world):
    Story(world).until("served")
    committees.comparison(world), committees.cohort(world), committees.session(world)
    committees.dossier(world), committees.seat(world)
    Session.objects.update(place="=SOMME(A1)")
    Seat.objects.update(title="=SOMME(A1)")
    Ambition.objects.update(source="=SOMME(A1)")
    RolloutStep.objects.filter(done_on__isnull=False).update(proof="=SOMME(A1)")
    building = Building.objects.create(school=world.schools["tilleuls"], name="Sud")
    Room.objects.create(building=building, name="=SOMME(A1)")
    ranks = Ranks(world)
    given = ranks.opinion(ranks.applications["Billes"], 1, "ien")
    Opinion.objects.create(
        application=given.application, submission=given.submission, authority="dsden", asked_at=NOW, due_on=TODAY
    )
    FormField.objects.create(
        revision=ranks.call.form_revision, key="essai", section="usages", position=99, label="=SOMME(A1)"
    )
    inventory.record_count(
        person=None,
        school=world.schools["tilleuls"],
        room=None,
        client_id=uuid4(),
        tags=[],
        counted_at=NOW,
        source="screen",
        now=NOW,
    )
    Fact.objects.create(
        city=world.cities["marelle"],
        measure="equipped_schools",
        value=3,
        as_of="2026-01-05",
        source="=SOMME(A1)",
        quality="declared",
    )
    return world


@pytest.mark.parametrize("address", TABLES)
def test_a_list_leaves_as_its_readers_read_it(filled, client, address, django_assert_max_num_queries):
    page, reader, word, stranger = TABLES[address]
    args = [OF[address](filled)] if address in OF else []
    filled.sign_in(client, reader)
    assert reverse(address, args=[*args, "ods"]) in client.get(reverse(page, args=args)).text
    for extension in ("csv", "ods"):
        table = read_table(f"t.{extension}", client.get(reverse(address, args=[*args, extension])).content)
        cells = [cell for line in table.rows for cell in line.cells]
        assert table.rows and any(word in cell for cell in cells), cells
    with django_assert_max_num_queries(10):
        client.get(reverse(address, args=[*args, "csv"]))
    client.logout()
    filled.sign_in(client, stranger)
    assert client.get(reverse(address, args=[*args, "csv"])).status_code == 404
