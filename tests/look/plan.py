"""What each page of the plan and of its steering is looked at with: (template, route, who looks)."""

from decimal import Decimal

from django.urls import reverse

from preau.places import actions as places
from preau.places.models import School
from preau.plan.ambitions.actions import add_deck_ambitions
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Acceptance, LeftOut
from preau.plan.finance.actions import withdraw_expense
from preau.plan.inventory import actions as inventory
from preau.plan.loans import actions as lending
from preau.plan.loans.models import Booking, State, half_day_number
from preau.plan.rollouts.actions import record_acceptance
from preau.plan.rollouts.models import RolloutStep
from preau.plan.sheets.actions import plan as sheets
from tests.commune import build_commune
from tests.insight.hours_rows import month
from tests.plan.conftest import NOW, TODAY
from tests.plan.desk.conftest import Story
from tests.plan.inventory.conftest import deck_cart, tell_of_wifi
from tests.plan.loans.conftest import MONDAY, add_kits, ask
from tests.rights import finance as finance_samples
from tests.rights import loans as loan_samples
from tests.rights import rollouts as rollout_samples
from tests.rights import wifi as wifi_samples

SHEET = "École;Nature;Année;Classes équipées;Montant;HT/TTC\nLe Pré;maternelle;2016;4;41 000,00;TTC\nX;;2016;1;;\n"


def commune(world):
    """The demo's fictitious city, a figure with the address of its page, and a spreadsheet of its own once read."""
    city = world.cities["marelle"]
    build_commune(city=city, person=world.people["city_it"], now=NOW)
    acceptance = Acceptance.objects.order_by("id").first()
    nursery = School.objects.get(name="La Poupée")
    read = sheets.keep_draft(person=None, city=city, name="plan.csv", data=SHEET.encode(), now=NOW)
    LeftOut.objects.create(
        city=city, school=acceptance.school, file_name="plan.csv", line=3, subject="X",
        reason="Nature\u00a0: école nouvelle sans nature. Écrivez maternelle, élémentaire ou primaire.",
    )  # fmt: skip
    kind = acceptance.kit.school_kind
    equipment.publish_kit_version(
        person=None, city=city, school_kind=kind, lines=equipment.deck_lines(school_kind=kind), published_on=TODAY,
        source="essai", now=NOW,
    )  # fmt: skip
    equipment.record_fact(
        person=None, city=city, measure="pupils", value=6300, as_of=TODAY, quality="declared", now=NOW,
        source="Ville de Marelle, La rentrée à Marelle, https://www.marelle.example/rss__0_0_dossiers.html",
    )  # fmt: skip
    for number, school in enumerate((nursery, acceptance.school)):
        month(school, kit=f"chariot-{number}", most=3 + 9 * number)
    return {
        "acceptance_id": acceptance.id, "school_id": acceptance.school_id, "draft_id": read.id,
        "former_kit": reverse("priorities:kit_detail", args=[acceptance.kit_id]),
        "lent": reverse("equipment:school_detail", args=[nursery.id]), "nursery_id": nursery.id,
    }  # fmt: skip


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
    withdraw_expense(person=None, expense=finance_samples.expense(world), now=NOW)
    finance_samples.subscription(world)
    return {"expense_id": finance_samples.expense(world).id}


def rollouts(world):
    """A school on its way, blocked, a class received with one réserve; another, whose old class may be renewed."""
    reception = rollout_samples.reception(world)
    RolloutStep.objects.filter(rollout=reception.rollout, kind="accepted").update(
        done_on=None, blocked_on=TODAY, blocked_cause="amiante au plafond"
    )
    mark = reception.lines.get().reservations.get()
    other = world.schools["saules"]
    kit = equipment.publish_kit_version(
        person=None, city=other.city, school_kind=other.kind, lines=equipment.deck_lines(school_kind=other.kind),
        published_on=TODAY, source="essai", now=NOW,
    )  # fmt: skip
    record_acceptance(person=None, school=other, label="CM2", kit=kit, accepted_on=TODAY, source="essai", now=NOW)
    return {
        "rollout_id": reception.rollout_id, "reception_id": reception.id, "reservation_id": mark.id,
        "other_school": reverse("rollouts:rollout_create", args=[other.id]),
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
        "arrival": reverse("loans:booking_arrival", args=[lent.id]),
    }  # fmt: skip


def desk(world):
    """A school from its project to its roll-out, seen from above and on the map; it borrowed a kit."""
    story = Story(world).until("under_way")
    for school, east in (("tilleuls", "0.30"), ("saules", "0.36")):
        places.locate_school(
            person=None, school=world.schools[school], latitude=Decimal("46.60"), longitude=Decimal(east),
            source="essai", now=NOW,
        )  # fmt: skip
    wifi_samples.window(world)
    loan_samples.booking(world)
    Booking.objects.update(state=State.IN_USE)
    return {"ambition_id": story.ambitions[0].id}


ROOMS = {
    "desk": (desk, (
        ("desk/home.html", "desk:home", "city_it head dsden teacher parents_federation"),
        ("desk/board.html", "desk:board", "city_education dsden"),
        ("desk/story.html", "desk:story", "city_education head dan"),
        ("desk/ambition_list.html", "desk:ambition_list", "city_education teacher dan"),
        ("desk/ambition_story.html", "desk:ambition_story", "city_education aesh dan"),
        ("desk/strengths.html", "desk:strengths", "elected dan"),
        ("desk/year.html", "desk:year", "city_it teacher dan"),
        ("desk/base_list.html", "/plan/socle/", "city_it dsden aesh"),
        ("desk/school_base.html", "desk:school_base", "city_it head dan"),
    )),
    "equipment": (commune, (
        ("steering/steering_home.html", "/pilotage/", "city_education elected dsden"),
        ("hours/hours_home.html", "/pilotage/heures/", "city_education dsden"),
        ("steering/sealed_journal.html", "/pilotage/journal/?verifier=1", "city_education dsden aesh"),
        ("equipment/plan_home.html", "/plan/", "city_education dsden parents_federation"),
        ("equipment/school_list.html", "/plan/ecoles/", "city_education dsden head"),
        ("equipment/school_detail.html", "equipment:school_detail", "city_education dsden"),
        ("equipment/school_detail.html", "lent", "city_education dan"),
        ("kit/form_page.html", "equipment:index_estimate", "city_education"),
        ("equipment/school_knowledge.html", "equipment:school_knowledge", "city_education dsden"),
        ("equipment/school_year.html", "equipment:school_year", "city_education"),
        ("equipment/city_year.html", "equipment:city_year", "city_education"),
        ("equipment/class_list.html", "/plan/classes/", "city_education dan"),
        ("rollouts/acceptance_detail.html", "rollouts:acceptance_detail", "city_education city_it dan"),
        ("kit/form_page.html", "rollouts:acceptance_create", "city_it"),
        ("kit/form_page.html", "equipment:school_closing", "city_education"),
        ("priorities/kit_list.html", "/plan/equipement-type/", "teacher city_education ien"),
        ("priorities/kit_detail.html", "former_kit", "teacher city_education ien elected"),
        ("equipment/kit_form.html", "equipment:kit_publication", "city_education"),
        ("equipment/fact_list.html", "/plan/chiffres/", "city_education parents_federation dan"),
        ("kit/form_page.html", "/plan/chiffres/ajout/", "city_education"),
        ("sheets/import_new.html", "/plan/importer/", "city_education"),
        ("sheets/import_preview.html", "sheets:import_preview", "city_education city_it"),
    )),
    "premises": (premises, (
        ("equipment/school_detail.html", "equipment:school_detail", "aesh"),
        ("equipment/none_received.html", "/plan/ecoles/rien-recu/", "city_education"),
        ("equipment/school_knowledge.html", "equipment:school_knowledge", "aesh"),
        ("equipment/class_list.html", "/plan/classes/", "aesh"),
        ("rollouts/acceptance_detail.html", "rollouts:acceptance_detail", "aesh"),
        ("premises/premises_detail.html", "premises:premises_detail", "city_it"),
        ("kit/form_page.html", "premises:building_create", "city_it"),
        ("kit/form_page.html", "premises:room_edit", "city_it"),
        ("kit/form_page.html", "premises:cabling_create", "city_it"),
        ("kit/form_page.html", "premises:lack_create", "city_it"),
        ("kit/form_page.html", "premises:link_create", "city_it"),
        ("kit/form_page.html", "premises:link_measure", "city_it"),
        ("kit/form_page.html", "premises:notice_create", "head"),
        ("kit/form_page.html", "premises:inclusion_create", "city_education"),
        ("premises/premises_detail.html", "premises:premises_detail", "city_it head dsden"),
        ("premises/readiness_list.html", "/plan/pretes/", "city_it head dsden"),
        ("premises/lack_of_schools.html", "premises:lack_of_schools", "city_it"),
        ("ambitions/ambition_list.html", "/plan/ambitions/", "city_education head dsden"),
        ("ambitions/ambition_form.html", "/plan/ambitions/ajout/", "city_education"),
    )),
    "inventory": (stock, (
        ("inventory/asset_list.html", "/plan/inventaire/", "city_it head dsden"),
        ("inventory/asset_detail.html", "inventory:asset_detail", "city_it head dan"),
        ("inventory/asset_detail.html", "cart", "city_it"),
        ("inventory/asset_place.html", "inventory:asset_place", "city_it dsden"),
        ("inventory/asset_change.html", "inventory:asset_change", "city_it dsden"),
        ("inventory/labels.html", "/plan/inventaire/etiquettes/", "city_it dsden"),
        ("inventory/school_stock.html", "inventory:school_stock", "city_it head dan"),
        ("inventory/school_needs.html", "inventory:school_needs", "city_it head dan"),
        ("inventory/delivery.html", "inventory:delivery", "city_it dsden"),
        ("inventory/free_label.html", "/plan/bien/ACD234/", "city_it dsden erun"),
        ("inventory/delivery.html", "inventory:cart_delivery", "city_it"),
        ("inventory/count_walk.html", "inventory:count_walk", "city_it dsden"),
        ("inventory/count_detail.html", "inventory:count_detail", "city_it aesh dan"),
        ("inventory/count_list.html", "inventory:count_list", "city_it head dan"),
        ("sheets/asset_new.html", "sheets:asset_new", "city_it"),
        ("sheets/asset_preview.html", "sheets:asset_preview", "city_it"),
        ("sheets/columns.html", "sheets:asset_columns", "city_it"),
    )),
    "wifi": (wifi, (
        ("wifi/wifi_home.html", "/plan/wifi/", "city_it teacher dsden"),
        ("wifi/school_wifi.html", "wifi:school_wifi", "teacher head city_education dan"),
        ("wifi/register.html", "wifi:register", "teacher city_it dan"),
        ("wifi/key.html", "wifi:key_create", "city_it"),
    )),
    "finance": (finance, (
        ("finance/expense_list.html", "/plan/depenses/", "city_finance elected"),
        ("kit/form_page.html", "finance:expense_correction", "city_finance"),
        ("finance/subscription_list.html", "/plan/abonnements/", "city_finance elected"),
    )),
    "rollouts": (rollouts, (
        ("rollouts/rollout_list.html", "/plan/deploiements/", "city_it head dsden"),
        ("rollouts/rollout_board.html", "/plan/deploiements/tableau/", "city_it aesh dan"),
        ("rollouts/rollout_calendar.html", "/plan/deploiements/calendrier/", "city_it aesh dan"),
        ("rollouts/rollout_detail.html", "rollouts:rollout_detail", "city_it head dsden"),
        ("rollouts/rollout_form.html", "other_school", "city_it"),
        ("rollouts/step_form.html", "rollouts:step_edit", "city_it"),
        ("rollouts/act_form.html", "rollouts:reception_create", "city_it"),
        ("rollouts/act_form.html", "rollouts:reservation_lifting", "city_it"),
        ("rollouts/reception_list.html", "/plan/proces-verbaux/", "city_it head dan"),
        ("rollouts/reception_detail.html", "rollouts:reception_detail", "city_it head dan"),
    )),
    "loans": (loans, (
        ("loans/kit_list.html", "/plan/malles/", "teacher city_education dsden"),
        ("loans/kit_detail.html", "loans:kit_detail", "teacher city_education dan"),
        ("loans/kit_form.html", "loans:kit_create", "city_education"),
        ("loans/kit_form.html", "loans:kit_parts", "city_education"),
        ("loans/stop_form.html", "loans:stop_create", "city_education"),
        ("loans/kit_detail.html", "stopped", "teacher city_education"),
        ("loans/booking_list.html", "/plan/emprunts/", "teacher city_education dan"),
        ("loans/booking_form.html", "/plan/emprunts/demande/", "teacher city_education dan"),
        ("loans/booking_detail.html", "loans:booking_detail", "teacher city_education dan"),
        ("loans/booking_detail.html", "confirmed", "city_it"),
        ("loans/booking_detail.html", "lent", "teacher city_it"),
        ("loans/step_form.html", "loans:booking_answer", "city_education"),
        ("loans/step_form.html", "loans:booking_cancelling", "city_education dsden"),
        ("loans/step_form.html", "prepare", "city_it"),
        ("loans/step_form.html", "arrival", "aesh"),
    )),
}  # fmt: skip
