"""For each act of `competences`, a state of the plan in which its owner may do it: (method, address, posted data)."""

from django.urls import reverse

from preau.places.models import Building, Room
from preau.plan.applications import actions as files
from preau.plan.applications.models import Authority
from preau.plan.inventory import actions as inventory
from preau.plan.loans import actions as loans
from preau.plan.loans.models import SharedKit
from preau.plan.priorities import actions as priorities
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts.models import RolloutStep, StepKind
from preau.plan.studies import actions as studies
from preau.plan.wifi import actions as wifi
from tests.plan.applications.conftest import DAY, NOW, Scene
from tests.plan.governance.conftest import TODAY, stage_of
from tests.plan.loans.conftest import MONDAY, add_kits, ask
from tests.plan.priorities.conftest import Scene as Ranks
from tests.plan.priorities.conftest import decision
from tests.plan.priorities.test_recommendations import signed
from tests.plan.rollouts.conftest import HAND, day, do_step, open_premises


def post(name, row, data=None, **kwargs):
    return "POST", reverse(name, args=[row.pk, *kwargs.pop("args", ())]), data or {}


def draft(world):
    row = Scene(world).start()
    data = {"version": 0, "usages-semaine": "Deux heures."}
    return post("applications:section_edit", row, data, args=["usages"])


def asked_again(world):
    scene = Scene(world)
    row = scene.submitted()
    files.request_changes(person=scene.who("ien"), application=row, text="Précisez.", now=NOW)
    version = row.sections.get(section="usages").version
    data = {"version": version, "usages-semaine": "Trois heures."}
    return post("applications:section_edit", row, data, args=["usages"])


def complete(world):
    scene = Scene(world)
    return post("applications:submission_create", scene.fill(scene.start()))


def under_review(world):
    return Scene(world).in_state_review()


def opinion(authority):
    def ground(world):
        scene = Scene(world)
        row = scene.submitted() if authority == Authority.IEN else scene.in_state_review()
        data = {"verdict": "favourable", "motivation": "", "reader": "school"}
        return post("applications:opinion_edit", scene.opinion(row, authority), data)

    return ground


def recommendation_writing(world):
    Ranks(world)
    lines = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-item": "Visualiseur", "form-0-rule": "per_class"}
    quantities = {"form-0-quantity_min": 1, "form-0-quantity_max": 1}
    data = {"school_kind": "elementary", "reasons": "Cycle 2.", **lines, **quantities}
    return "POST", reverse("priorities:recommendation_create") + "?ville=marelle", data


def recommendation_answering(world):
    scene = Ranks(world)
    row, kit = signed(scene), scene.kit()
    data = {"line": row.lines.first().pk, "kit": kit.pk, "choice": "followed"}
    return post("priorities:recommendation_answer", row, data)


def rank(row, scene):
    name = scene.applications["Saules"].pk
    data = {"application": name, "edition": row.edition, "rank": 1, "reason": "x", "unready_reason": "y"}
    return post("priorities:rank_moving", row, data)


def get(name, row):
    return "GET", reverse(name, args=[row.pk]), {}


def decided(world):
    scene = Ranks(world)
    year, agent = scene.programme(), scene.who("city_education")
    priorities.arbitrate(person=agent, programme=year, now=NOW)
    priorities.submit_programme(person=agent, programme=year, now=NOW)
    return priorities.decide_programme(person=None, programme=year, decision=decision(), now=NOW)


def to_ask(world):
    add_kits(world.cities["marelle"])
    school, kind = world.schools["tilleuls"].pk, SharedKit.Kind.CONNECTED_OBJECTS
    days = {"first_day": MONDAY, "first_half": 0, "last_day": MONDAY, "last_half": 1}
    return (
        "POST",
        reverse("loans:booking_create") + "?ville=marelle",
        {"school": school, "kind": kind, "activity": "Un robot", **days},
    )


def to_confirm(world):
    add_kits(world.cities["marelle"])
    return post("loans:booking_answer", ask(world.schools["tilleuls"]), {"answer": "yes"})


def drafted(world):
    scene = Ranks(world)
    return rank(scene.open(), scene)


def cosigned(world):
    scene = Ranks(world)
    return rank(scene.cosigned(), scene)


def to_propose(world):
    row = Ranks(world).open()
    return post("priorities:list_proposal", row, {"edition": row.edition})


def to_cosign(world):
    scene = Ranks(world)
    row = priorities.propose_list(person=scene.who("dsden"), priority_list=scene.open(), now=NOW)
    return post("priorities:list_signing", row, {"edition": row.edition})


def to_send(world):
    row = Ranks(world).cosigned()
    return post("priorities:list_sending", row, {"edition": row.edition})


def to_add(world):
    scene = Ranks(world)
    year, kit = scene.programme(()), scene.kit()
    school = scene.applications["Saules"].school
    data = {"edition": year.edition, "school": school.pk, "kit": kit.pk, "cost": "1000", "reason": "x"}
    return post("priorities:school_adding", year, data)


def to_arbitrate(world):
    year = Ranks(world).programme()
    return post("priorities:programme_step", year, {"edition": year.edition}, args=["arbitrage"])


def to_vote(world):
    year = decided(world)
    data = {"edition": year.edition, "reference": "2026-12", "voted_on": TODAY}
    return post("priorities:programme_step", year, data, args=["vote"])


def kit(world):
    Ranks(world)
    lines = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-item": "Tableau", "form-0-rule": "per_class"}
    more = {"form-0-kind": "other", "form-0-option": "always", "form-0-quantity_min": 1, "form-0-quantity_max": 1}
    data = {"school_kind": "elementary", "published_on": TODAY, "source": "essai", **lines, **more}
    return "POST", reverse("equipment:kit_publication", args=["elementary"]) + "?ville=marelle", data


def rollout(world):
    kit = Ranks(world).kit("primary")
    return rollouts.open_rollout(
        person=None, school=world.schools["tilleuls"], kit=kit, classes_count=2, opened_on=day(0), now=NOW
    )


def step(kind, proof=""):
    def ground(world):
        row = rollout(world)
        version = RolloutStep.objects.get(rollout=row, kind=kind).version
        data = {"version": version, "owner": "city_it", "planned_on": TODAY, "proof": proof}
        return post("rollouts:step_edit", row, data, args=[kind])

    return ground


def reception(world):
    row = rollout(world)
    open_premises(row.school)
    for number, kind in enumerate(HAND):
        do_step(row, kind, day(number))
    return rollouts.open_reception(
        person=None, rollout=row, held_on=day(30), labels=("Classe 1",), has_common=False, now=NOW
    )


def receipt(world):
    row = rollouts.sign_reception(person=None, reception=reception(world), now=NOW)
    return post("rollouts:reception_receipt", row)


def by_hand(world):
    row = Ranks(world).kit("primary")
    before = TODAY - 60 * DAY  # its first class: before the first call of the city
    data = {"label": "CP B", "accepted_on": before, "kit": row.pk, "source": "PV 1", "quality": "measured"}
    return post("rollouts:acceptance_create", world.schools["tilleuls"], data)


def of_a_paper(world):
    paper = rollouts.sign_reception(person=None, reception=reception(world), now=NOW)
    return post("rollouts:acceptance_removal", paper.lines.get().acceptance, {"reason": "Vue dans une autre école."})


def session(until, name, data=None):
    def ground(world):
        row = stage_of(world).session(until)
        row.refresh_from_db()
        return post(f"governance:{name}", row, {"version": row.version} | (data or {}))

    return ground


def dossier(audience):
    def ground(world):
        row = stage_of(world).session("pack_frozen").dossiers.get(audience=audience)
        return "GET", reverse("governance:dossier_pdf", args=[row.pk]), {}

    return ground


def call(name, *args):
    def ground(world):
        scene = Scene(world)
        data = {
            "title": "Appel suivant", "school_year": "2026-2027", "opens_on": TODAY, "closes_on": TODAY + 30 * DAY,
            "criteria": "Une équipe.", "opinion_days_count": 15, "form_revision": scene.revision.pk, "version": 1,
        }  # fmt: skip
        address = reverse(f"applications:{name}", args=[scene.call.pk] if args else [])
        return "POST", f"{address}?ville=marelle", data

    return ground


def of_school(name, data):
    def ground(world):
        open_premises(world.schools["tilleuls"])
        return post(name, world.schools["tilleuls"], data(world) if callable(data) else data)

    return ground


def a_room(world):
    room = Room.objects.get(building__school=world.schools["tilleuls"], kind=Room.Kind.CLASSROOM)
    return {"room": room.pk, "activity": "create", "minutes": 45}


def keyed(world):
    wifi.make_key(person=None, city=world.cities["marelle"], now=NOW)
    return "POST", reverse("wifi:key_removal") + "?ville=marelle", {}


def a_building(world):
    open_premises(world.schools["tilleuls"])
    data = {"names": "Salle 9", "floor": 0, "kind": "classroom"}
    return post("premises:room_create", Building.objects.get(school=world.schools["tilleuls"]), data)


def compared(world):
    made = studies.open_comparison(
        person=world.people["city_education"], city=world.cities["marelle"], title="Quel espace", need="Un", now=NOW
    )
    by_city = {"person": world.people["city_education"], "comparison": made, "now": NOW}
    studies.add_criterion(label="Simplicité", weight=3, **by_city)
    studies.add_option(name="Le premier", vendor="Une société", **by_city)
    return made


def to_mark(world):
    made = compared(world)
    return post("studies:marks", made, {f"{made.options.get().pk}|{made.criteria.get().pk}": "4"})


def thing(world, funding):
    (made,) = inventory.receive_assets(
        person=None, school=world.schools["tilleuls"], delivery_ref="BL 1", now=NOW, state="deployed",
        items=[inventory.Delivered("projector", "Vidéoprojecteur", funding=funding)],
    )  # fmt: skip
    return made


def retire(funding):
    data = {"version": 1, "reason": "broken"}
    return lambda world: post("inventory:asset_change", thing(world, funding), data, args=["reforme"])


def repair(world):
    return post("inventory:asset_change", thing(world, "city"), {"version": 1, "note": "lampe"}, args=["reparation"])


def expense(world):
    school = world.schools["tilleuls"].pk
    return {
        "school": school, "fiscal_year": 2025, "kind": "paid", "amount_cents": "1 677,05", "regime": "ht",
        "source": "Mandat 118", "quality": "measured",
    }  # fmt: skip


def reserved(world):
    row = reception(world)
    rollouts.add_reservation(
        person=None, line=row.lines.get(), kit_line=row.rollout.kit.lines.get(item="Tableau triptyque"), text="Rayé",
        due_on=TODAY, now=NOW,
    )  # fmt: skip
    reservation = rollouts.sign_reception(person=None, reception=row, now=NOW).lines.get().reservations.get()
    return post("rollouts:reservation_lifting", reservation, {"lifted_on": TODAY, "note": "Changé"})


def prepared(world):
    add_kits(world.cities["marelle"], 1)
    row = loans.confirm_booking(person=None, booking=ask(world.schools["tilleuls"]), now=NOW)
    return loans.prepare_booking(person=None, booking=row, found={}, now=NOW)


def carried(until, name):
    """A loan confirmed, prepared, out: the parts are all counted."""

    def ground(world):
        add_kits(world.cities["marelle"], 1)
        row = loans.confirm_booking(person=None, booking=ask(world.schools["tilleuls"]), now=NOW)
        if until != "confirmed":
            row = loans.prepare_booking(person=None, booking=row, found={}, now=NOW)
        if until == "out":
            row = loans.send_booking(person=None, booking=row, now=NOW)
        return post(f"loans:{name}", row, {f"part_{part.pk}": part.quantity for part in row.kit.parts.all()})

    return ground


CHANGES = {"text": "Précisez les usages."}
CRITERION = {"label": "Coût", "weight": 1}
GROUNDS = {
    "call: open": call("call_create"),
    "call: change": call("call_edit", "call"),
    "file: write a draft": draft,
    "file: change what was asked": asked_again,
    "file: file it": complete,
    "file: ask for changes": lambda world: post("applications:change_request_create", under_review(world), CHANGES),
    "file: close without follow-up": lambda world: post("applications:closing_create", under_review(world), CHANGES),
    "file: read it once filed": lambda world: get("applications:application_copy", under_review(world)),
    "opinion of the IEN": opinion(Authority.IEN),
    "opinion of the DSDEN": opinion(Authority.DSDEN),
    "opinion of the DAN": opinion(Authority.DAN),
    "opinion of the city's IT": opinion(Authority.CITY_IT),
    "préconisation: write": recommendation_writing,
    "préconisation: answer": recommendation_answering,
    "list: move a rank of a draft": drafted,
    "list: move a rank once co-signed": cosigned,
    "list: propose": to_propose,
    "list: co-sign": to_cosign,
    "list: put before the COPIL": to_send,
    "list: read before its adoption": lambda world: get("priorities:list_detail", Ranks(world).cosigned()),
    "list: read once adopted": lambda world: get("priorities:list_detail", Ranks(world).adopted()),
    "programme: add a school": to_add,
    "programme: arbitrate": to_arbitrate,
    "programme: note the vote": to_vote,
    "programme: read while simulated": lambda world: get("priorities:programme_detail", Ranks(world).programme()),
    "programme: read once decided": lambda world: get("priorities:programme_detail", decided(world)),
    "kit: publish a version": kit,
    "kit: read": lambda world: ("GET", reverse("priorities:kit_list") + "?ville=marelle", {}),
    "roll-out: write a step": step(StepKind.CABLING),
    "roll-out: write the training": step(StepKind.TRAINED, "émargement"),
    "réception: sign for the city": lambda world: post("rollouts:reception_signature", reception(world)),
    "réception: sign for the school": receipt,
    "réception by hand: receive a class": by_hand,
    "réception by hand: take a class back": of_a_paper,
    "réserve: lift": reserved,
    "loan: ask for a school": to_ask,
    "loan: confirm": to_confirm,
    "loan: prepare": carried("confirmed", "booking_preparation"),
    "loan: say it arrived": carried("out", "booking_arrival"),
    "loan: read a hand-over": lambda world: get("loans:booking_detail", prepared(world)),
    "premises: add a room": a_building,
    "premises: note the conseil d'école": of_school("premises:notice_create", {"subject": "project", "held_on": TODAY}),
    "premises: read": lambda world: get("premises:premises_detail", world.schools["tilleuls"]),
    "wi-fi: put it on": of_school("wifi:school_wifi", a_room),
    "wi-fi: read the register": lambda world: get("wifi:register", world.schools["tilleuls"]),
    "wi-fi: take the key back": keyed,
    "inventory: send to repair": repair,
    "inventory: retire what the city paid": retire("city"),
    "inventory: retire what the State paid": retire("state"),
    "inventory: read": lambda world: get("inventory:asset_detail", thing(world, "city")),
    "expense: write": lambda world: ("POST", reverse("finance:expense_create") + "?ville=marelle", expense(world)),
    "expense: read": lambda world: ("GET", reverse("finance:expense_list") + "?ville=marelle", {}),
    "comparison: write a criterion": lambda world: post("studies:criterion_create", compared(world), CRITERION),
    "comparison: mark": to_mark,
    "comparison: read": lambda world: get("studies:comparison_detail", compared(world)),
    "committee: convene": session("planned", "session_convening"),
    "committee: write the relevé": session("held", "minutes_edit", {"text": "Relevé."}),
    "committee: note a decision": session("held", "decision_create", {"text": "x", "result": "adopted"}),
    "committee: approve the relevé": session("minutes_draft", "minutes_approval"),
    "committee: remark": session("minutes_draft", "comment_create", {"text": "x"}),
    "committee: read the dossier": dossier("members"),
    "committee: read the redacted one": dossier("federation"),
}
