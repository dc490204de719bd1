"""What each page of the plan and of its steering is looked at with: (template, route, who looks)."""

import datetime

from django.urls import reverse

from preau.plan.ambitions.actions import add_deck_ambitions
from preau.plan.applications import actions as calling
from preau.plan.applications.models import Authority
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Acceptance
from preau.plan.governance import actions as steering
from preau.plan.governance.models import Dossier
from preau.plan.inventory import actions as inventory
from preau.plan.loans import actions as lending
from preau.plan.loans.models import half_day_number
from preau.plan.priorities import actions as ranking
from preau.plan.sheets.actions import plan as sheets
from preau.plan.studies import actions as studying
from tests.commune import build_commune
from tests.plan.applications.conftest import Scene as Call
from tests.plan.conftest import NOW, TODAY
from tests.plan.desk.conftest import Story
from tests.plan.governance.conftest import Stage, day
from tests.plan.inventory.conftest import deck_cart, tell_of_wifi
from tests.plan.loans.conftest import MONDAY, add_kits, ask
from tests.plan.priorities.conftest import Scene as Ranking
from tests.plan.priorities.test_recommendations import signed
from tests.rights import finance as finance_samples
from tests.rights import rollouts as rollout_samples
from tests.rights import wifi as wifi_samples

SHEET = "École;Nature;Année;Classes équipées;Montant;HT/TTC\nLe Pré;maternelle;2016;4;41 000,00;TTC\nX;;2016;1;;\n"


def commune(world):
    """The demo's fictitious city, and a spreadsheet of its own once read."""
    city = world.cities["marelle"]
    build_commune(city=city, person=world.people["city_it"], now=NOW)
    acceptance = Acceptance.objects.order_by("id").first()
    read = sheets.keep_draft(person=None, city=city, name="plan.csv", data=SHEET.encode(), now=NOW)
    return {"acceptance_id": acceptance.id, "school_id": acceptance.school_id, "draft_id": read.id}


def premises(world):
    """The city's ambitions; the samples of each address fill the school."""
    add_deck_ambitions(person=None, city=world.cities["marelle"], now=NOW)
    return {}


def stock(world):
    """A cart of the deck and a projector."""
    school = world.schools["tilleuls"]
    tell_of_wifi(school)
    cart, *rest = inventory.receive_assets(
        person=None, school=school, items=[deck_cart()], delivery_ref="BL 12", now=NOW, received_on=TODAY,
        state="deployed",
    )  # fmt: skip
    return {"asset_id": rest[0].id, "cart": reverse("inventory:asset_detail", args=[cart.id]), "change": "manquant"}


def wifi(world):
    """A window on, in one room of the school."""
    wifi_samples.window(world)
    return {}


def finance(world):
    """Something the city paid, and something it withdrew."""
    equipment.withdraw_expense(person=None, expense=finance_samples.expense(world), now=NOW)
    return {"expense_id": finance_samples.expense(world).id}


def rollouts(world):
    """A school on its way, a class received with one réserve; another, whose old class may be renewed."""
    reception = rollout_samples.reception(world)
    mark = reception.lines.get().reservations.get()
    equipment.record_acceptance(
        person=None, school=world.schools["saules"], label="CM2", kit=reception.rollout.kit, accepted_on=TODAY,
        source="essai", now=NOW,
    )  # fmt: skip
    return {
        "rollout_id": reception.rollout_id, "reception_id": reception.id, "reservation_id": mark.id,
        "other_school": reverse("rollouts:rollout_create", args=[world.schools["saules"].id]),
    }  # fmt: skip


def loans(world):
    """Two cases; a booking asked, one confirmed, one that comes back with a piece missing."""
    city, school, other = world.cities["marelle"], world.schools["tilleuls"], world.schools["saules"]
    kits, agent = add_kits(city), world.people["city_it"]
    asked, confirmed = ask(school, person=world.people["teacher"]), ask(other, 4, 5, activity="Filmer la cour")
    lending.confirm_booking(person=None, booking=confirmed, now=NOW)
    lent = lending.confirm_booking(person=None, booking=ask(school, 8, 9), now=NOW)
    lent = lending.prepare_booking(person=agent, booking=lent, found={}, now=NOW)
    first = half_day_number(MONDAY, 4)
    lending.stop_lending(person=None, kit=kits[1], first=first, last=first + 3, reason="En réparation", now=NOW)
    return {
        "shared_kit_id": kits[0].id, "booking_id": asked.id,
        "stopped": reverse("loans:kit_detail", args=[kits[1].id]),
        "prepare": reverse("loans:booking_preparation", args=[confirmed.id]),
        "confirmed": reverse("loans:booking_detail", args=[confirmed.id]),
        "lent": reverse("loans:booking_detail", args=[lent.id]),
    }  # fmt: skip


def priorities(world):
    """A list before the COPIL, a year with its schools, a préconisation signed."""
    scene = Ranking(world)
    agent = scene.who("city_education")
    sent = scene.before_copil()
    advice, year = signed(scene), scene.programme(("Tilleuls", "Saules"), envelope_cents=20_000_000)
    ranking.arbitrate(person=agent, programme=year, now=NOW)
    return {"list_id": sent.id, "recommendation_id": advice.id, "programme_id": year.id, "call_id": scene.call.id}


def ranks(world):
    """A list as DSDEN and DAN write it."""
    return {"list_id": Ranking(world).open().id}


def applications(world):
    """A file under review with a reserved opinion and a message, and a form being changed."""
    scene = Call(world)
    file = scene.in_state_review()
    scene.give(file, Authority.CITY_IT, "city_it", "with_reservations", "Pas de local fermé à l’étage.")
    calling.send_message(person=scene.who("ien"), application=file, text="Bravo.", now=NOW)
    agent = scene.who("city_education")
    draft = calling.start_revision(person=agent, city=world.cities["marelle"], now=NOW)
    calling.retire_field(person=agent, field=draft.fields.get(key="note-technique"), now=NOW)
    return {
        "application_id": file.id, "opinion_id": scene.opinion(file, Authority.DSDEN).id, "form_id": draft.id,
        "call_id": scene.call.id, "question_id": draft.fields.get(key="usages-semaine").id,
    }  # fmt: skip


def writing(world):
    """A file that its team still writes."""
    scene = Call(world)
    file = scene.fill(scene.start(), leave=("projet", "familles"))
    scene.join_two(file)
    sections = ("projet", "existant", "usages", "equipe", "conseils")
    return {"application_id": file.id} | {
        section: reverse("applications:section_edit", args=[file.id, section]) for section in sections
    }


def changed(world):
    """A file filed twice, with pieces the second time."""
    scene = Call(world)
    file = scene.submitted()
    calling.request_changes(person=scene.who("ien"), application=file, text="Précisez le tour des classes.", now=NOW)
    file.refresh_from_db()
    calling.save_section(
        person=scene.who("head"), application=file, section="familles", version=1, now=NOW, columns={},
        answers={"familles-place": "Elles écoutent, puis racontent."},
    )  # fmt: skip
    file.refresh_from_db()
    scene.join_two(file)
    calling.submit(person=scene.who("head"), application=file, now=NOW)
    return {"application_id": file.id}


def committees(world):
    """A COPIL published, one being prepared and one held, options marked, a laboratory with its halves."""
    copil, cotech = steering.open_committees(
        person=world.people["city_education"], city=world.cities["marelle"], opened_on=day(-900), now=NOW
    )
    stage = Stage(world, copil, cotech)
    stage.seat_everyone()
    published = stage.session("minutes_draft", on=day(-30))
    decision = stage.decide(published, text="Le comité adopte la liste.", item=published.items.get())
    due = steering.add_follow_up(
        person=stage.secretary, decision=decision, text="Écrire aux écoles", owner="Ville", due_on=day(20), now=NOW
    )
    stage.approve(published)
    steering.publish_minutes(person=stage.secretary, session=published, now=NOW)
    held, prepared = stage.session("held"), stage.session("convened", on=day(20))
    first = prepared.items.get()
    change_agenda(stage, prepared)
    return options(stage) | {
        "committee_id": copil.id, "session_id": published.id, "committee_decision_id": decision.id,
        "follow_up_id": due.id, "dossier_id": Dossier.objects.filter(session=published).first().id,
        "item_id": first.id,
        "prepared": reverse("governance:session_detail", args=[prepared.id]),
        "told": reverse("governance:invitation_list", args=[prepared.id]),
        "held": reverse("governance:session_detail", args=[held.id]),
        "present": reverse("governance:attendance", args=[held.id]),
        "deciding": reverse("governance:decision_create", args=[held.id]),
        "adding": reverse("governance:item_create", args=[prepared.id]),
    }  # fmt: skip


def change_agenda(stage, session):
    """A change told to who has the convocation, all but one, and another that is not told."""
    by_secretary = {"person": stage.secretary, "session": session, "now": session.convened_at}
    seats = list(session.invitations.values_list("seat", flat=True))
    steering.hand_letters(seats=seats[1:], **by_secretary)
    steering.add_item(title="Le calendrier des travaux", presented_by="city", **by_secretary)
    steering.tell_agenda(**by_secretary)
    by_secretary["now"] += datetime.timedelta(minutes=1)
    steering.add_item(title="Le bilan de l’année", presented_by="city", **by_secretary)


def options(stage):
    """Two options on two criteria, and a laboratory."""
    by_city = {"person": stage.secretary, "now": NOW}
    made = studying.open_comparison(city=stage.city, title="Quel espace numérique", need="Un seul espace", **by_city)
    for label, weight in (("Simplicité", 3), ("Coût", 1)):
        studying.add_criterion(comparison=made, label=label, weight=weight, **by_city)
    for name in ("Le premier", "Le second"):
        studying.add_option(comparison=made, name=name, vendor="Une société", **by_city)
    places = [(o.pk, c.pk) for o in made.options.all() for c in made.criteria.all()]
    marks = dict(zip(places, [5, 1, 2, 2], strict=True))
    studying.mark_options(person=stage.who("city_it"), comparison=made, values=marks, now=NOW)
    cohort = studying.open_cohort(
        city=stage.city, name="Les six", aim="Essayer un espace", starts_on=day(-300), ends_on=day(-10),
        schools=[stage.world.schools["tilleuls"]], questions=["Qui s’en sert\u00a0?"], **by_city,
    )  # fmt: skip
    return {"comparison_id": made.id, "cohort_id": cohort.id}


def desk(world):
    """A school from its project to its roll-out, seen from above."""
    story = Story(world).until("under_way")
    return {"ambition_id": story.ambitions[0].id}


ROOMS = {
    "desk": (desk, (
        ("desk/home.html", "desk:home", "city_it head dsden teacher parents_federation"),
        ("desk/board.html", "desk:board", "city_education dsden"),
        ("desk/story.html", "desk:story", "city_education head"),
        ("desk/ambition_list.html", "desk:ambition_list", "city_education teacher"),
        ("desk/ambition_story.html", "desk:ambition_story", "city_education"),
        ("desk/strengths.html", "desk:strengths", "elected"),
        ("desk/year.html", "desk:year", "city_it teacher"),
        ("desk/base_list.html", "/plan/socle/", "city_it dsden"),
        ("desk/school_base.html", "desk:school_base", "city_it head"),
    )),
    "equipment": (commune, (
        ("steering/steering_home.html", "/pilotage/", "city_education elected dsden"),
        ("steering/sealed_journal.html", "/pilotage/journal/?verifier=1", "city_education dsden"),
        ("equipment/plan_home.html", "/plan/", "city_education dsden parents_federation"),
        ("equipment/school_list.html", "/plan/ecoles/", "city_education dsden head"),
        ("equipment/school_detail.html", "equipment:school_detail", "city_education dsden"),
        ("equipment/class_list.html", "/plan/classes/", "city_education"),
        ("equipment/acceptance_detail.html", "equipment:acceptance_detail", "city_education city_it"),
        ("equipment/acceptance_form.html", "equipment:acceptance_create", "city_it"),
        ("equipment/school_closing.html", "equipment:school_closing", "city_education"),
        ("priorities/kit_list.html", "/plan/equipement-type/", "city_education ien"),
        ("equipment/kit_form.html", "equipment:kit_publication", "city_education"),
        ("equipment/fact_list.html", "/plan/chiffres/", "city_education parents_federation"),
        ("equipment/fact_form.html", "/plan/chiffres/ajout/", "city_education"),
        ("sheets/import_new.html", "/plan/importer/", "city_education"),
        ("sheets/import_preview.html", "sheets:import_preview", "city_education city_it"),
    )),
    "premises": (premises, (
        ("premises/premises_detail.html", "premises:premises_detail", "city_it"),
        ("premises/form.html", "premises:building_create", "city_it"),
        ("premises/form.html", "premises:room_edit", "city_it"),
        ("premises/form.html", "premises:cabling_create", "city_it"),
        ("premises/form.html", "premises:link_create", "city_it"),
        ("premises/form.html", "premises:link_measure", "city_it"),
        ("premises/form.html", "premises:notice_create", "head"),
        ("premises/form.html", "premises:inclusion_create", "city_education"),
        ("premises/premises_detail.html", "premises:premises_detail", "city_it head dsden"),
        ("premises/need_detail.html", "premises:need_detail", "city_education head"),
        ("premises/readiness_list.html", "/plan/pretes/", "city_it head dsden"),
        ("ambitions/ambition_list.html", "/plan/ambitions/", "city_education head dsden"),
        ("ambitions/ambition_form.html", "/plan/ambitions/ajout/", "city_education"),
    )),
    "inventory": (stock, (
        ("inventory/asset_list.html", "/plan/inventaire/", "city_it head dsden"),
        ("inventory/asset_detail.html", "inventory:asset_detail", "city_it head"),
        ("inventory/asset_detail.html", "cart", "city_it"),
        ("inventory/asset_place.html", "inventory:asset_place", "city_it"),
        ("inventory/asset_change.html", "inventory:asset_change", "city_it"),
        ("inventory/labels.html", "/plan/inventaire/etiquettes/", "city_it"),
        ("inventory/school_stock.html", "inventory:school_stock", "city_it head"),
        ("inventory/school_needs.html", "inventory:school_needs", "city_it head"),
        ("inventory/delivery.html", "inventory:delivery", "city_it dsden"),
        ("inventory/delivery.html", "inventory:cart_delivery", "city_it"),
        ("inventory/count_walk.html", "inventory:count_walk", "city_it"),
        ("inventory/count_detail.html", "inventory:count_detail", "city_it"),
        ("inventory/count_list.html", "inventory:count_list", "city_it head"),
        ("sheets/asset_new.html", "sheets:asset_new", "city_it"),
        ("sheets/asset_preview.html", "sheets:asset_preview", "city_it"),
    )),
    "wifi": (wifi, (
        ("wifi/wifi_home.html", "/plan/wifi/", "city_it teacher dsden"),
        ("wifi/school_wifi.html", "wifi:school_wifi", "teacher head"),
        ("wifi/register.html", "wifi:register", "teacher city_it"),
        ("wifi/key.html", "wifi:key_create", "city_it"),
    )),
    "finance": (finance, (
        ("finance/expense_list.html", "/plan/depenses/", "city_finance elected"),
        ("kit/form_page.html", "finance:expense_correction", "city_finance"),
    )),
    "rollouts": (rollouts, (
        ("rollouts/rollout_list.html", "/plan/deploiements/", "city_it head dsden"),
        ("rollouts/rollout_board.html", "/plan/deploiements/tableau/", "city_it"),
        ("rollouts/rollout_calendar.html", "/plan/deploiements/calendrier/", "city_it"),
        ("rollouts/rollout_detail.html", "rollouts:rollout_detail", "city_it head dsden"),
        ("rollouts/rollout_form.html", "other_school", "city_it"),
        ("rollouts/step_form.html", "rollouts:step_edit", "city_it"),
        ("rollouts/act_form.html", "rollouts:reception_create", "city_it"),
        ("rollouts/act_form.html", "rollouts:reservation_lifting", "city_it"),
        ("rollouts/reception_list.html", "/plan/proces-verbaux/", "city_it head"),
        ("rollouts/reception_detail.html", "rollouts:reception_detail", "city_it head"),
    )),
    "loans": (loans, (
        ("loans/kit_list.html", "/plan/malles/", "teacher city_education dsden"),
        ("loans/kit_detail.html", "loans:kit_detail", "teacher city_education"),
        ("loans/kit_form.html", "loans:kit_create", "city_education"),
        ("loans/kit_form.html", "loans:kit_parts", "city_education"),
        ("loans/stop_form.html", "loans:stop_create", "city_education"),
        ("loans/kit_detail.html", "stopped", "teacher city_education"),
        ("loans/booking_list.html", "/plan/emprunts/", "teacher city_education"),
        ("loans/booking_form.html", "/plan/emprunts/demande/", "teacher city_education"),
        ("loans/booking_detail.html", "loans:booking_detail", "teacher city_education"),
        ("loans/booking_detail.html", "confirmed", "city_it"),
        ("loans/booking_detail.html", "lent", "teacher city_it"),
        ("loans/step_form.html", "loans:booking_answer", "city_education"),
        ("loans/step_form.html", "prepare", "city_it"),
    )),
    "priorities": (priorities, (
        ("priorities/recommendation_list.html", "/plan/preconisations/", "dsden city_education"),
        ("priorities/recommendation_form.html", "/plan/preconisations/ajout/", "dsden"),
        ("priorities/recommendation_detail.html", "priorities:recommendation_detail", "dsden city_education head"),
        ("priorities/list_list.html", "/plan/listes/", "dsden city_education"),
        ("priorities/list_detail.html", "priorities:list_detail", "dan city_education ien"),
        ("priorities/list_aid.html", "priorities:list_aid", "dsden"),
        ("priorities/programme_list.html", "/plan/programmes/", "city_education dsden"),
        ("priorities/programme_form.html", "/plan/programmes/ouverture/", "city_education"),
        ("priorities/programme_detail.html", "priorities:programme_detail", "city_education"),
    )),
    "ranks": (ranks, (
        ("priorities/list_detail.html", "priorities:list_detail", "dsden"),
    )),
    "applications": (applications, (
        ("applications/call_list.html", "/plan/appels/", "city_education head"),
        ("applications/call_detail.html", "applications:call_detail", "city_education head"),
        ("applications/form.html", "applications:call_create", "city_education"),
        ("applications/form.html", "applications:question_edit", "city_education"),
        ("applications/form_list.html", "/plan/formulaires/", "city_education"),
        ("applications/form_detail.html", "applications:form_detail", "city_education"),
        ("applications/form_changes.html", "applications:form_changes", "city_education"),
        ("applications/application_list.html", "/plan/candidatures/", "city_education dsden head"),
        ("applications/application_detail.html", "applications:application_detail", "city_education dsden head"),
        ("applications/application_copy.html", "applications:application_copy", "dsden"),
        ("applications/opinion_list.html", "/plan/avis/", "dsden"),
        ("applications/opinion_form.html", "applications:opinion_edit", "dsden"),
        ("applications/note_list.html", "applications:note_list", "dsden"),
    )),
    "writing": (writing, (
        ("applications/application_detail.html", "applications:application_detail", "head"),
        *(
            ("applications/section_form.html", section, "head")
            for section in ("projet", "existant", "usages", "equipe", "conseils")
        ),
        ("applications/submission_form.html", "applications:submission_create", "head"),
        ("applications/attachment_form.html", "applications:attachment_create", "head"),
    )),
    "changed": (changed, (
        ("applications/application_changes.html", "applications:application_changes", "ien"),
        ("applications/application_detail.html", "applications:application_detail", "ien"),
        ("applications/application_copy.html", "applications:application_copy", "ien"),
    )),
    "committees": (committees, (
        ("governance/committee_home.html", "/plan/comites/", "city_education dsden parents_federation"),
        ("governance/seat_list.html", "governance:seat_list", "city_education elected"),
        ("governance/session_list.html", "governance:session_list", "city_education"),
        ("governance/session_detail.html", "prepared", "city_education dsden"),
        ("governance/invitation_list.html", "told", "city_education dsden"),
        ("governance/session_detail.html", "held", "city_education"),
        ("governance/session_detail.html", "governance:session_detail", "elected"),
        ("kit/form_page.html", "adding", "city_education"),
        ("governance/decision_form.html", "deciding", "city_education"),
        ("governance/attendance.html", "present", "city_education"),
        ("governance/minutes_detail.html", "governance:minutes_detail", "dsden"),
        ("governance/decision_list.html", "/plan/comites/decisions/", "city_education parents_federation"),
        ("governance/decision_detail.html", "governance:decision_detail", "city_education parents_federation"),
        ("governance/follow_up_list.html", "/plan/comites/suites/", "city_education"),
        ("governance/dossier_list.html", "/plan/comites/dossiers/", "dsden"),
        ("governance/dossier_detail.html", "governance:dossier_detail", "dsden"),
        ("governance/verification.html", "/plan/comites/dossiers/verification/", "dsden"),
        ("studies/comparison_list.html", "/plan/options/", "city_education"),
        ("studies/comparison_detail.html", "studies:comparison_detail", "city_education dan"),
        ("studies/marks.html", "studies:marks", "dan"),
        ("studies/cohort_list.html", "/plan/laboratoires/", "city_education"),
        ("studies/cohort_detail.html", "studies:cohort_detail", "city_education dan"),
    )),
}  # fmt: skip
