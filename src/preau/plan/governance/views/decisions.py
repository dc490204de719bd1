"""Decisions noted and corrected before the relevé is approved, and what follows from them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.views import form_page, signed_in, submit
from preau.plan.ambitions.queries import ambitions_of
from preau.plan.governance import actions, forms, queries, rules
from preau.plan.governance.models import FollowUp, Result
from preau.plan.governance.views.steps import session_name, visible_session

DECISION_FIELDS = (
    "text", "result", "choice", "reason", "votes_for", "votes_against", "abstentions", "dissent",
)  # fmt: skip


@signed_in("GET", "POST")
def decision_create(request, session_id):
    """« Noter une décision », of a point (`?point=`) or of none."""
    session = visible_session(request, session_id)
    require(rules.can_write_minutes(request.person, session, localdate()))
    item = next((i for i in session.items.all() if str(i.id) == request.GET.get("point")), None)
    initial = {"version": session.version, "text": item.title if item else "", "result": Result.ADOPTED}
    form, order, heard = _decision_forms(request, session, item, initial, is_new=True)

    def write(**fields):
        fields |= _typed_order(order, fields)
        return actions.decide(person=request.person, session=session, item=item, now=now(), **fields)

    decision = submit(request, form, write, session)
    if decision:
        whose = "des deux autorités" if len(session.must_agree) > 1 else "de l’Éducation nationale"
        said = f"La décision {decision.number} est notée. Elle vaudra une fois le relevé approuvé {whose}."
        messages.success(request, said)
        return redirect("governance:decision_detail", committee_decision_id=decision.id)
    back = reverse("governance:session_detail", args=[session.id])
    return _decision_page(request, session, form, order, "Noter une décision", back, heard)


@signed_in("GET", "POST")
def decision_edit(request, committee_decision_id):
    """« Corriger » before the relevé is approved."""
    decision = _decision(request, committee_decision_id)
    session = decision.session
    require(rules.can_write_minutes(request.person, session, localdate()))
    initial = {name: getattr(decision, name) for name in DECISION_FIELDS}
    initial |= {"version": session.version, "ambitions": list(decision.ambitions.values_list("pk", flat=True))}
    form, order, heard = _decision_forms(request, session, decision, initial, is_new=False)

    def write(**fields):
        fields |= _typed_order(order, fields)
        return actions.amend_decision(person=request.person, decision=decision, now=now(), **fields)

    back = reverse("governance:decision_detail", args=[decision.id])
    if submit(request, form, write, session):
        messages.success(request, f"La décision {decision.number} est corrigée. Qui lit la séance la voit ainsi.")
        return redirect(back)
    return _decision_page(request, session, form, order, f"Corriger la décision {decision.number}", back, heard)


@signed_in("GET", "POST")
def follow_up_create(request, committee_decision_id):
    """« Ajouter une suite »"""
    decision = _decision(request, committee_decision_id)
    require(rules.can_follow_up(request.person, decision, localdate()))
    form = forms.FollowUpForm(request.POST or None)

    def write(**fields):
        return actions.add_follow_up(person=request.person, decision=decision, now=now(), **fields)

    back = reverse("governance:decision_detail", args=[decision.id])
    if added := submit(request, form, write):
        messages.success(
            request, f"La suite est ajoutée. Qui s’en charge{NBSP}: {added.owner}, pour le {day_text(added.due_on)}."
        )
        return redirect(back)
    eyebrow = f"Décision {decision.number}"
    return form_page(request, form, title="Ajouter une suite", button="Ajouter", back=back, eyebrow=eyebrow)


@signed_in("GET", "POST")
def follow_up_closing(request, follow_up_id):
    """« C’est fait »"""
    today = localdate()
    found = FollowUp.objects.filter(decision__in=rules.decisions_visible_to(request.person, today))
    follow_up = get_object_or_404(found.select_related("decision__city"), id=follow_up_id)
    require(rules.can_close_follow_up(request.person, follow_up, today))
    form = forms.FollowUpClosingForm(request.POST or None, today=today, initial={"done_on": today})

    def write(**fields):
        return actions.close_follow_up(person=request.person, follow_up=follow_up, now=now(), **fields)

    back = reverse("governance:decision_detail", args=[follow_up.decision_id])
    if submit(request, form, write):
        messages.success(
            request, f"«{NBSP}{follow_up.text}{NBSP}»{NBSP}: c’est fait. Plus personne n’est attendu pour cette suite."
        )
        return redirect(back)
    eyebrow = f"Décision {follow_up.decision.number}, {follow_up.owner}"
    return form_page(request, form, title=follow_up.text, button="C’est fait", back=back, eyebrow=eyebrow)


def _decision_forms(request, session, about, initial, *, is_new):
    """(the decision, the order of the list when a COPIL decides on one, what the COTECH gave its opinion on). `about`:
    the point or the decision that says what it bears on, or None."""
    city, data = session.committee.city, request.POST or None
    links = queries.objects_of(city, [(about.object_kind, about.object_id)]) if about else []
    link = links[0] if links else None
    form = forms.DecisionForm(
        data,
        initial=initial,
        ambitions=ambitions_of(city),
        replaceable=is_new and queries.replaceable_in(session),
        choices=queries.choices_for(session, link),
        results=queries.results_for(link),
    )
    lines = queries.list_to_order(session, link)
    decided = getattr(about, "order", [])  # a point of the agenda has none yet
    order = forms.OrderForm(data, lines=lines, decided=decided) if lines else None
    return form, order, queries.opinion_on(session, link)


def _typed_order(order, fields):
    """The decided order for the action, when there is a list to put in order."""
    return {"order": order.answer(fields["result"], fields["reason"])} if order else {}


def _decision_page(request, session, form, order, title, back, heard):
    context = {"form": form, "order": order, "title": title, "button": "Enregistrer la décision", "back": back}
    context |= {"eyebrow": session_name(session), "heard": heard}
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/decision_form.html", context, status=status)


def _decision(request, committee_decision_id):
    visible = rules.decisions_visible_to(request.person, localdate())
    parts = ("session__committee__city", "city", "item")
    return get_object_or_404(visible.select_related(*parts), id=committee_decision_id)
