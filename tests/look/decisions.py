"""What each page of the plan's decisions is looked at with: (template, route, who looks)."""

import datetime

from django.urls import reverse

from preau.plan.applications import actions as calling
from preau.plan.applications.models import Authority
from preau.plan.governance import actions as steering
from preau.plan.governance.models import Dossier
from preau.plan.priorities import actions as ranking
from preau.plan.studies import actions as studying
from tests.plan.applications.conftest import Scene as Call
from tests.plan.conftest import NOW
from tests.plan.governance.conftest import Stage, day
from tests.plan.priorities.conftest import Scene as Ranking
from tests.plan.priorities.test_recommendations import signed
from tests.rights import priorities as priority_samples


def priorities(world):
    """A list before the COPIL, a year with its schools, a préconisation signed."""
    scene = Ranking(world)
    agent = scene.who("city_education")
    sent = scene.before_copil()
    advice, year = signed(scene), scene.programme(("Tilleuls", "Saules"), envelope_cents=20_000_000)
    ranking.arbitrate(person=agent, programme=year, now=NOW)
    act = f"Voir https://mairie.example/deliberations/{'2026-11-16-' * 6}plan-numerique-des-ecoles.pdf"
    line, kit = advice.lines.first(), scene.kit()
    ranking.answer_line(person=agent, line=line, kit=kit, choice="departed", reason=act, now=NOW)
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


def asked(world):
    """A file that its IEN has to read, and another year's programme before the COPIL."""
    scene = Call(world)
    file = scene.submitted()
    return {
        "application_id": file.id, "form_id": scene.revision.id,
        "programme_id": priority_samples.programme(Ranking(world)).id,
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
    done = steering.add_follow_up(
        person=stage.secretary,
        decision=decision,
        text="Prévenir le fournisseur",
        owner="Ville",
        due_on=day(20),
        now=NOW,
    )
    steering.close_follow_up(person=stage.secretary, follow_up=done, done_on=day(0), done_note="par courrier", now=NOW)
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
        "moving": reverse("governance:session_edit", args=[stage.session("planned", on=day(40)).id]),
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
    criterion = {"criterion_id": made.criteria.first().id, "option_id": made.options.first().id}
    return {"comparison_id": made.id, "cohort_id": cohort.id, **criterion}


ROOMS = {
    "priorities": (priorities, (
        ("priorities/recommendation_list.html", "/plan/preconisations/", "dsden city_education"),
        ("priorities/recommendation_form.html", "/plan/preconisations/ajout/", "dsden"),
        ("priorities/recommendation_detail.html", "priorities:recommendation_detail", "dsden city_education head"),
        ("priorities/list_list.html", "/plan/listes/", "dsden city_education"),
        ("priorities/list_detail.html", "priorities:list_detail", "dan city_education ien"),
        ("priorities/list_aid.html", "priorities:list_aid", "dsden city_education"),
        ("priorities/programme_list.html", "/plan/programmes/", "city_education dsden"),
        ("priorities/programme_form.html", "/plan/programmes/ouverture/", "city_education"),
        ("priorities/programme_detail.html", "priorities:programme_detail", "city_education"),
    )),
    "ranks": (ranks, (
        ("priorities/list_detail.html", "priorities:list_detail", "dsden"),
    )),
    "applications": (applications, (
        ("applications/call_list.html", "/plan/appels/", "city_education head dan"),
        ("applications/call_detail.html", "applications:call_detail", "city_education head dan"),
        ("applications/form.html", "applications:call_create", "city_education"),
        ("kit/form_page.html", "applications:question_edit", "city_education"),
        ("applications/form_list.html", "/plan/formulaires/", "city_education"),
        ("applications/form_detail.html", "applications:form_detail", "city_education"),
        ("applications/form_changes.html", "applications:form_changes", "city_education"),
        ("applications/application_list.html", "/plan/candidatures/", "city_education dsden head"),
        ("applications/application_detail.html", "applications:application_detail", "city_education dsden head"),
        ("applications/application_copy.html", "applications:application_copy", "dsden city_education head"),
        ("applications/opinion_list.html", "/plan/avis/", "dsden city_education"),
        ("applications/opinion_form.html", "applications:opinion_edit", "dsden"),
        ("applications/note_list.html", "applications:note_list", "dsden city_education"),
    )),
    "asked": (asked, (
        ("kit/form_page.html", "applications:withdrawal_create", "head"),
        ("kit/form_page.html", "applications:change_request_create", "ien"),
        ("applications/form_detail.html", "applications:form_detail", "head dan"),
        ("priorities/programme_detail.html", "priorities:programme_detail", "dan"),
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
        ("governance/seat_list.html", "governance:seat_list", "city_education elected dan"),
        ("governance/session_list.html", "governance:session_list", "city_education dan"),
        ("governance/session_detail.html", "prepared", "city_education dsden"),
        ("governance/invitation_list.html", "told", "city_education dsden"),
        ("governance/session_detail.html", "held", "city_education"),
        ("governance/session_detail.html", "governance:session_detail", "elected"),
        ("kit/form_page.html", "adding", "city_education"),
        ("kit/form_page.html", "moving", "city_education"),
        ("governance/decision_form.html", "deciding", "city_education"),
        ("governance/attendance.html", "present", "city_education dan"),
        ("governance/minutes_detail.html", "governance:minutes_detail", "dsden city_education"),
        ("governance/decision_list.html", "/plan/comites/decisions/", "city_education parents_federation dan"),
        ("governance/decision_detail.html", "governance:decision_detail", "city_education parents_federation dan"),
        ("governance/follow_up_list.html", "/plan/comites/suites/", "city_education dan"),
        ("governance/dossier_list.html", "/plan/comites/dossiers/", "dsden city_education"),
        ("governance/dossier_detail.html", "governance:dossier_detail", "dsden city_education"),
        ("governance/verification.html", "/plan/comites/dossiers/verification/", "dsden city_education"),
        ("studies/comparison_list.html", "/plan/options/", "city_education dan"),
        ("studies/comparison_detail.html", "studies:comparison_detail", "city_education dan"),
        ("kit/form_page.html", "studies:option_edit", "city_education"),
        ("studies/marks.html", "studies:marks", "dan city_education"),
        ("studies/cohort_list.html", "/plan/laboratoires/", "city_education dan head"),
        ("studies/cohort_detail.html", "studies:cohort_detail", "city_education dan head"),
    )),
}  # fmt: skip
