"""What waits is put on the title whose pen the rules give, and opens on the page of the act."""

import pytest
from django.urls import reverse

from preau.places.models import City, School
from preau.plan.applications import actions as applications
from preau.plan.applications import rules as files
from preau.plan.applications.models import Application
from preau.plan.equipment import rules as equipment
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.queries.ranking import lists_to_send
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts import rules
from preau.plan.rollouts.models import Reservation, Rollout, RolloutStep, StepKind
from tests.plan.days import due_on
from tests.plan.desk.conftest import NOW, TODAY, Story, assert_for
from tests.plan.priorities.conftest import Scene as Ranks
from tests.plan.priorities.conftest import decision
from tests.plan.rollouts.conftest import (
    HAND,
    day,
    do_step,
    kit,  # noqa: F401 a fixture
    open_premises,
    receive,
    rollout,  # noqa: F401 a fixture
    school,  # noqa: F401 a fixture
)

pytestmark = [pytest.mark.django_db, pytest.mark.long]
TITLES = (
    "head", "teacher", "city_education", "city_it", "city_finance", "elected", "ien", "dsden", "dan", "ia_dasen",
    "trainer", "parents_federation",
)  # fmt: skip


def alone(waits, words, *names):
    """For these titles and no other."""
    assert_for(waits, words, names, [name for name in TITLES if name not in names])


def test_a_list_waits_to_be_opened_once_its_opinions_are_in(story, waits):
    words, state = "Ouvrir la liste d’un appel", ("dsden", "dan", "ia_dasen")
    story.until("filed")
    alone(waits, words)
    story.give(story.application)  # the IEN's: the others are asked
    alone(waits, words)
    for authority, name in (("dsden", "dsden"), ("dan", "dan"), ("city_it", "city_it")):
        story.give(story.application, authority, name)
    alone(waits, words)
    story.give(story.application, "buildings", "city_education")
    alone(waits, words, *state)
    assert waits("dan")[words] == f"{reverse('priorities:list_list')}#appel-{story.call.pk}"
    priorities.open_list(person=story.who("dsden"), call=story.call, now=NOW)
    alone(waits, words)


def test_an_opinion_past_its_day_holds_no_list_back(story, waits):
    story.until("filed")
    story.give(story.application)
    due_on(story.application.opinions.filter(given_at=None), TODAY.replace(year=TODAY.year - 1))
    assert "Ouvrir la liste d’un appel" in waits("dsden")


def test_a_signed_list_waits_to_be_put_before_the_copil_by_the_state(world, waits):
    words, scene = "Porter la liste au COPIL", Ranks(world)
    signed = scene.cosigned()
    alone(waits, words, "dsden", "dan", "ia_dasen")
    assert waits("dsden")[words] == reverse("priorities:list_detail", args=[signed.pk])
    priorities.open_list(person=scene.who("dsden"), call=scene.call, now=NOW)
    assert not lists_to_send(City.objects.all())  # another version follows it
    alone(waits, words)


def test_a_list_sent_back_waits_for_its_next_version(world, waits):
    words, scene = "Ouvrir une nouvelle version de la liste", Ranks(world)
    sent = priorities.send_back_list(
        person=None, priority_list=scene.before_copil(), decision=decision(reason="À revoir."), now=NOW
    )
    alone(waits, words, "dsden", "dan", "ia_dasen")
    assert waits("dan")[words] == reverse("priorities:list_detail", args=[sent.pk])
    priorities.open_list(person=scene.who("dsden"), call=scene.call, now=NOW)
    alone(waits, words)


def test_a_school_of_a_running_programme_waits_for_its_roll_out(story, waits):
    words = "Ouvrir un déploiement"
    story.until("programmed")
    alone(waits, words)
    priorities.start_programme(person=story.who("city_education"), programme=story.programme, now=NOW)
    alone(waits, words, "city_education", "city_it")
    assert waits("city_it")[words] == reverse("rollouts:rollout_create", args=[story.school.pk])
    School.objects.filter(pk=story.school.pk).update(closed_on=TODAY.replace(year=TODAY.year - 1))
    assert words not in waits("city_it")
    School.objects.filter(pk=story.school.pk).update(closed_on=None)
    other = rollouts.open_rollout(person=None, school=story.school, kit=story.kit, classes_count=1, now=NOW)
    assert words not in waits("city_it")  # one at a time
    rollouts.abandon_rollout(person=None, rollout=other, reason="Essai", now=NOW)
    story.be_under_way()
    alone(waits, words)


def test_a_step_without_a_day_waits_for_its_owner_when_its_turn_comes(rollout, waits):  # noqa: F811
    undated, expected = "Dater ou avancer une étape", "Faire une étape, et le dire à qui l’écrit"
    alone(waits, undated, "city_it")
    assert waits("city_it")[undated].startswith(f"/plan/deploiements/{rollout.pk}/etapes/")
    alone(waits, expected)
    open_premises(rollout.school)
    for kind in (StepKind.SITE_SURVEY, StepKind.COUNCIL_INFORMED):
        do_step(rollout, kind, day(1))
    alone(waits, expected, "city_education")  # the order is theirs, the city's IT writes it
    assert waits("city_education")[expected] == reverse("rollouts:rollout_detail", args=[rollout.pk])
    assert not Asked(waits("dsden")).of_steps
    for kind in HAND[2:-1]:
        do_step(rollout, kind, day(2))
    alone(waits, undated, "dsden", "dan")  # the training, once all is set up
    assert waits("dan")[undated].endswith("/etapes/trained/")


class Asked(dict):
    @property
    def of_steps(self):
        return [words for words in self if "étape" in words]


def test_the_head_notes_the_council_then_the_citys_it_writes_the_step(rollout, waits):  # noqa: F811
    words = "Informer le conseil d’école, et le noter"
    alone(waits, words, "head")
    assert waits("head")[words] == reverse("premises:notice_create", args=[rollout.school_id])
    by_hand = [kind for kind in HAND if kind != StepKind.COUNCIL_INFORMED]
    rollout.steps.filter(kind__in=by_hand).update(done_on=day(1), proof="x")
    assert not Asked(waits("city_it")).of_steps
    open_premises(rollout.school)
    alone(waits, words)
    assert waits("city_it")["Dater ou avancer une étape"].endswith("/etapes/council_informed/")


def test_a_visit_a_signature_then_the_service_wait_for_the_citys_it(rollout, waits):  # noqa: F811
    visit, serve = "Écrire un procès-verbal de réception", "Mettre une école en service"
    open_premises(rollout.school)
    for kind in HAND[:-2]:
        do_step(rollout, kind, day(1))
    alone(waits, visit)
    do_step(rollout, StepKind.CONFIGURED, day(2))
    alone(waits, visit, "city_it")
    assert waits("city_it")[visit] == reverse("rollouts:reception_create", args=[rollout.pk])
    receive(rollout, labels=["Classe 1"], common=False)
    alone(waits, visit, "city_it")  # a class and the common parts are left
    receive(rollout, labels=["Classe 2"], reserve="Classe 2", common=False)
    alone(waits, visit, "city_it")  # the common parts
    receive(rollout, labels=[])
    alone(waits, visit)
    alone(waits, "Lever une réserve", "city_it")
    assert waits("city_it")["Lever une réserve"].endswith("/levee/")
    rollouts.lift_reservation(
        person=None, reservation=Reservation.objects.get(), lifted_on=TODAY, note="Changé", now=NOW
    )
    alone(waits, serve)  # the team is not trained
    do_step(rollout, StepKind.TRAINED, day(3))
    alone(waits, serve, "city_it")
    assert waits("city_it")[serve] == reverse("rollouts:service_create", args=[rollout.pk])
    rollouts.put_in_service(person=None, rollout=rollout, service_on=TODAY, now=NOW)
    alone(waits, serve)


def test_a_paper_being_written_waits_for_its_signature_alone(rollout, waits):  # noqa: F811
    open_premises(rollout.school)
    for kind in HAND:
        do_step(rollout, kind, day(1))
    rollouts.open_reception(
        person=None, rollout=rollout, held_on=day(20), labels=["Classe 1"], has_common=False, now=NOW
    )
    alone(waits, "Écrire un procès-verbal de réception")
    alone(waits, "Signer la réception pour la Ville", "city_it")


def test_a_file_without_circonscription_waits_for_the_state(story, waits):
    words, state = "Faire donner une circonscription à une école", ("dsden", "dan", "ia_dasen")
    School.objects.filter(pk=story.school.pk).update(district=None)
    story.school.refresh_from_db()
    story.until("filed")
    alone(waits, words, *state)
    School.objects.filter(pk=story.school.pk).update(district=story.world.districts["north"])
    alone(waits, words)
    asks = "Demander l’avis de l’IEN"
    alone(waits, asks, *state)
    applications.open_inspector_review(person=story.who("dan"), application=story.application, now=NOW)
    alone(waits, asks)


@pytest.mark.parametrize("stage", ("filed", "under_way", "received"))
def test_what_waits_follows_the_rule_of_its_button(story, stage):
    """One pen, said twice: as rows for the home, as an answer for the button."""
    School.objects.filter(pk=story.school.pk).update(district=None)  # filed, its file stays there
    story.until("filed")
    School.objects.filter(pk=story.school.pk).update(district=story.world.districts["north"])
    if stage != "filed":
        applications.open_inspector_review(person=None, application=story.application, now=NOW)
        for each in Story.STAGES[2 : Story.STAGES.index(stage) + 1]:
            getattr(story, f"be_{each}")()
    for name, person in story.world.people.items():
        for city in City.objects.all():
            written = city in equipment.cities_written_by(person, TODAY)
            assert written == bool(equipment.can_write_plan(person, city, TODAY)), name
        for row in Rollout.objects.all():
            assert (row in rules.rollouts_received_by(person, TODAY)) == bool(rules.can_receive(person, row, TODAY))
        penned = set(RolloutStep.objects.filter(rules.of_steps_written(person, TODAY)))
        for step in RolloutStep.objects.all():
            assert (step in penned) == bool(rules.can_write_step(person, step.rollout, step.kind, TODAY)), name
        for file in Application.objects.all():
            asked = file in files.applications_to_send_on_by(person, TODAY)
            assert asked == bool(files.can_open_inspector_review(person, file, TODAY)), name


@pytest.mark.parametrize("name", TITLES)
def test_the_home_costs_ten_queries_at_most(story, world, client, django_assert_max_num_queries, name):
    story.until("under_way")
    priorities.start_programme(person=story.who("city_education"), programme=story.programme, now=NOW)
    world.sign_in(client, name)
    client.get(reverse("desk:home"))
    with django_assert_max_num_queries(10):
        client.get(reverse("desk:home"))
