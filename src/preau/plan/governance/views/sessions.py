"""A session prepared by its secretariat, up to the day it is held."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.dates import hour_text, weekday_text
from preau.kit.views import about, form_page, press, signed_in, submit
from preau.plan.governance import actions, forms, rules
from preau.plan.governance.models import AgendaItem
from preau.plan.governance.views.steps import posted_version, press_step, session_name, visible_session

ADDED = "Le point est ajouté à l’ordre du jour\u00a0: les membres du comité le lisent."
PAST = "Ce jour est passé\u00a0: corrigez la date si la séance n’a pas encore eu lieu."


def _back(session):
    return reverse("governance:session_detail", args=[session.id])


@signed_in("GET", "POST")
def session_create(request, committee_id):
    """« Prévoir une séance »"""
    today = localdate()
    visible = rules.committees_visible_to(request.person, today).select_related("city")
    committee = get_object_or_404(visible, id=committee_id)
    require(rules.can_keep_secretariat(request.person, committee.city, today))
    form = forms.SessionForm(request.POST or None)

    def write(version, **fields):
        return actions.plan_session(person=request.person, committee=committee, now=now(), **fields)

    session = submit(request, form, write)
    if session:
        messages.success(request, f"{_planned_text(session)} Écrivez son ordre du jour.")
        return redirect("governance:session_detail", session_id=session.id)
    back = f"{reverse('governance:committee_home')}?ville={committee.city.slug}"
    return form_page(
        request,
        form,
        title="Prévoir une séance",
        button="Prévoir cette séance",
        eyebrow=committee.long_name,
        back=back,
    )


@signed_in("GET", "POST")
def session_edit(request, session_id):
    """« Changer le jour, l’heure ou le lieu »"""
    return _session_form(
        request,
        session_id,
        rule=rules.can_move_session,
        kind=forms.SessionForm,
        action=actions.move_session,
        title="Changer le jour, l’heure ou le lieu",
        button="Enregistrer",
        said=_planned_text,
        initial=lambda s: {"planned_on": s.planned_on, "starts_at": s.starts_at, "place": s.place},
        lead="Personne n’est encore convoqué. La séance garde son numéro, sauf si l’année change.",
    )


def _planned_text(session):
    """« La séance 2027-1 est prévue le mercredi 17 mars 2027 à 17 h 30. »: a slip is read at once."""
    hour = f" à {hour_text(session.starts_at)}" if session.starts_at else ""
    said = f"La séance {session.number} est prévue le {weekday_text(session.planned_on)} {session.year}{hour}."
    return said if session.planned_on >= localdate() else f"{said} {PAST}"


@signed_in("POST")
def session_convening(request, session_id):
    """« Convoquer »"""
    return press_step(
        request,
        session_id,
        rule=rules.can_prepare_session,
        action=actions.convene_session,
        said="La séance est convoquée. Voyez qui est prévenu, et à qui remettre la lettre.",
        to="governance:invitation_list",
    )


@signed_in("POST")
def session_freezing(request, session_id, figures_of):
    """« Figer le dossier », with what pupils did of the equipment"""
    return press_step(
        request,
        session_id,
        rule=rules.can_freeze_dossier,
        action=partial(actions.freeze_dossier, figures_of=figures_of),
        said="Le dossier est figé. Il ne changera plus. Les membres le lisent.",
    )


@signed_in("GET", "POST")
def session_holding(request, session_id):
    """« La séance s’est tenue »"""
    return _session_form(
        request,
        session_id,
        rule=rules.can_hold_session,
        kind=forms.HoldForm,
        action=actions.hold_session,
        title="La séance s’est tenue",
        button="Enregistrer",
        said="La séance est tenue. Notez les présences.",
        initial=lambda session: {"held_on": session.planned_on},
    )


@signed_in("GET", "POST")
def session_cancelling(request, session_id):
    """« La séance n’aura pas lieu »"""
    return _session_form(
        request,
        session_id,
        rule=rules.can_cancel_session,
        kind=forms.CancelForm,
        action=actions.cancel_session,
        title="La séance n’aura pas lieu",
        button="Annuler cette séance",
        said="La séance est annulée. Qui était convoqué la voit annulée.",
        initial=lambda session: {},
    )


def _session_form(request, session_id, *, rule, kind, action, title, button, said, initial, lead=""):
    session = visible_session(request, session_id)
    require(rule(request.person, session, localdate()))
    form = kind(request.POST or None, initial={"version": session.version, **initial(session)})

    def write(**fields):
        return action(person=request.person, session=session, now=now(), **fields)

    written = submit(request, form, write, session)
    if written:
        messages.success(request, said(written) if callable(said) else about(session_name(session), said))
        return redirect(_back(session))
    more = {"eyebrow": session_name(session), "lead": lead, "back": _back(session)}
    return form_page(request, form, title=title, button=button, **more)


@signed_in("GET", "POST")
def item_create(request, session_id):
    """« Ajouter un point »"""
    session = visible_session(request, session_id)
    require(rules.can_prepare_session(request.person, session, localdate()))
    form = forms.ItemForm(request.POST or None, city=session.committee.city, initial={"version": session.version})

    def write(**fields):
        return actions.add_item(person=request.person, session=session, now=now(), **fields)

    return _item_form(request, session, form, write, "Ajouter un point", ADDED)


@signed_in("GET", "POST")
def item_edit(request, item_id):
    """« Changer ce point »"""
    item = _item(request, item_id)
    session = item.session
    fields = ("title", "aim", "presented_by", "text", "is_reserved")
    initial = {name: getattr(item, name) for name in fields} | {"version": session.version}
    initial["linked"] = f"{item.object_kind}:{item.object_id}" if item.object_id else ""
    form = forms.ItemForm(request.POST or None, city=session.committee.city, initial=initial)

    def write(**changes):
        return actions.edit_item(person=request.person, item=item, now=now(), **changes)

    return _item_form(
        request, session, form, write, "Changer ce point", "Le point est changé. Qui lit la séance le voit."
    )


def _item_form(request, session, form, write, title, said):
    if submit(request, form, write, session):
        messages.success(request, about(session_name(session), said))
        return redirect(_back(session))
    return form_page(
        request, form, title=title, button="Enregistrer ce point", eyebrow=session_name(session), back=_back(session)
    )


@signed_in("POST")
def item_move(request, item_id):
    """One place up (`sens=haut`) or down."""
    item = _item(request, item_id)
    is_up = request.POST.get("sens") == "haut"
    return _touch(request, item, actions.move_item, is_up=is_up)


@signed_in("POST")
def item_removal(request, item_id):
    """Off the agenda."""
    item = _item(request, item_id)
    return _touch(request, item, actions.remove_item)


def _touch(request, item, action, **more):
    """What these buttons change is on the page they stand on: they act on the agenda as it was shown, or not at all."""
    session_id, version = item.session_id, posted_version(request) or 0
    press(request, partial(action, person=request.person, item=item, now=now(), version=version, **more))
    return redirect("governance:session_detail", session_id=session_id)


def _item(request, item_id):
    today = localdate()
    items = AgendaItem.objects.filter(session__in=rules.sessions_visible_to(request.person, today))
    item = get_object_or_404(items.select_related("session__committee__city"), id=item_id)
    require(rules.can_prepare_session(request.person, item.session, today))
    return item
