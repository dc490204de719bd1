"""Adding an event to the agenda of a space, reading it, changing it, cancelling it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.agenda import actions, queries, rules
from preau.ent.agenda.forms import EventEditForm, EventForm
from preau.kit.answers import require
from preau.kit.pages import addresses
from preau.kit.rows import one_or_none
from preau.kit.views import form_page, press, signed_in, submit
from preau.spaces.rules import spaces_visible_to, tell_why


@signed_in("GET", "POST")
def classroom_event(request, classroom_id):
    return _add(request, "classroom", classroom_id)


@signed_in("GET", "POST")
def group_event(request, group_id):
    return _add(request, "group", group_id)


@signed_in("GET", "POST")
def afterschool_event(request, afterschool_id):
    return _add(request, "afterschool", afterschool_id)


@signed_in("GET", "POST")
def school_event(request, school_id):
    return _add(request, "school", school_id)


@signed_in("GET", "POST")
def city_event(request, city_id):
    return _add(request, "city", city_id)


@signed_in(is_family=True)
def event_detail(request, event_id):
    """One event, with what its writer may do; who read it before it was recalled is told so."""
    event = _event(request, event_id)
    if hasattr(event, "round"):
        return redirect("agenda:round_detail", round_id=event.round.pk)
    if hasattr(event, "council"):
        return redirect("agenda:council_detail", council_id=event.council.pk)
    change = rules.can_change_event(request.person, event, localdate())
    context = {"event": event, "can_change": change, "place": event.publication.place, "today": localdate()}
    return render(request, "agenda/event_detail.html", context)


@signed_in("GET", "POST")
def event_edit(request, event_id):
    """Whoever reads it next reads the new day."""
    event, person = _event(request, event_id), request.person
    require(rules.can_edit_event(person, event, localdate()))
    fields = ("title", "first_on", "begins_at", "ends_at", "where", "text", "version")
    words = {name: getattr(event, name) for name in fields}
    words["last_on"] = None if event.is_one_day else event.last_on
    form = EventEditForm(request.POST or None, initial=words)
    if submit(request, form, lambda **said: actions.edit_event(person=person, event=event, now=now(), **said), event):
        messages.success(request, "C’est changé\u00a0: l’agenda est à jour.")
        return redirect("agenda:event_detail", event_id=event.pk)
    back = reverse("agenda:event_detail", args=[event.pk])
    return form_page(request, form, title="Changer cet événement", eyebrow=event.title, button="Garder", back=back)


@signed_in("POST")
def cancellation_create(request, event_id):
    """It stays, and says that it is cancelled."""
    said = "C’est annulé\u00a0: l’agenda le montre, barré."
    return _pressed(request, event_id, actions.cancel_event, said)


@signed_in("POST")
def keeping_create(request, event_id):
    """Takes a cancellation back."""
    return _pressed(request, event_id, actions.keep_event, "C’est maintenu.")


def _pressed(request, event_id, act, said):
    event = _event(request, event_id)
    require(rules.can_change_event(request.person, event, localdate()))
    press(request, lambda: act(person=request.person, event=event, now=now()), said)
    return redirect("agenda:event_detail", event_id=event.pk)


def _add(request, kind, place_id):
    today, person = localdate(), request.person
    place = get_object_or_404(spaces_visible_to(person, kind, today), pk=place_id)
    require(rules.can_add_event(person, place, today))
    form = EventForm(request.POST or None, scopes=rules.scopes_open_to(person, place, today))
    add = actions.add_event
    if event := submit(request, form, lambda **said: add(person=person, place=place, now=now(), **said)):
        messages.success(request, "C’est dans l’agenda. Si le jour change, changez-le ici, ou annulez.")
        return redirect("agenda:event_detail", event_id=event.pk)
    back = addresses.address(f"agenda:{kind}_agenda", place.pk)
    return form_page(request, form, title="Ajouter à l’agenda", eyebrow=str(place), button="Ajouter", back=back)


def _event(request, event_id):
    visible = rules.events_visible_to(request.person, localdate()).select_related("round", "council", *queries.SHOWN)
    event = one_or_none(visible.filter(pk=event_id))
    if event is None:
        tell_why(request.person, localdate(), event=event_id)
        raise Http404
    return event
