"""Appointments of a class: opening slots, taking one in a press, and for the team who has which."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from preau.ent.agenda import actions, queries, rules
from preau.ent.agenda.forms import PlacingForm, RoundForm, SlotsForm, TakingForm
from preau.kit.answers import require
from preau.kit.views import form_page, press, signed_in, submit
from preau.people.models import Person
from preau.schools.queries import children_of_guardian
from preau.spaces import audiences
from preau.spaces.naming import child_tags
from preau.spaces.queries import children_of
from preau.spaces.rules import spaces_visible_to

BESIDE = ("event__publication__classroom__school", "event__publication__author", "event__council")


@signed_in("GET", "POST")
def round_new(request, classroom_id):
    """A range cut in slots, told to the families of the class."""
    person, today = request.person, localdate()
    classroom = get_object_or_404(spaces_visible_to(person, "classroom", today), pk=classroom_id)
    require(rules.can_open_round(person, classroom, today))
    form = RoundForm(request.POST or None)
    opened = submit(request, form, lambda **s: actions.open_round(person=person, classroom=classroom, now=now(), **s))
    if opened:
        messages.success(request, "Créneaux ouverts, dits aux familles qui ont un compte. Aux autres, sur papier.")
        _warn_at_once(request, opened)
        return redirect("agenda:round_detail", round_id=opened.pk)
    back = reverse("agenda:classroom_agenda", args=[classroom.pk])
    title = "Proposer des rendez-vous"
    return form_page(request, form, title=title, eyebrow=str(classroom), button="Ouvrir les créneaux", back=back)


@signed_in("GET", "POST", is_family=True)
def round_detail(request, round_id):
    """A guardian's own appointments and the free slots; for the team, each by name."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    round_ = _round(request, round_id, memberships)
    present = rules.children_of_round(round_, memberships, today)
    children = children_of_guardian(person, today) if present else ()
    refused = {}
    if request.method == "POST":
        child = next((each for each in children if str(each.pk) == request.POST.get("child")), None)
        require(rules.can_take_slot(person, round_, child and child.pk, today, memberships=memberships))
        form = TakingForm(request.POST, slots=round_.slots.all())
        take = actions.take_slot
        if submit(request, form, lambda **said: take(person=person, round_=round_, child=child, now=now(), **said)):
            messages.success(request, gettext("C’est noté. Vous pouvez changer d’heure, ou annuler ce rendez-vous."))
            return redirect("agenda:round_detail", round_id=round_.pk)
        refused[child.pk] = form
    follows = rules.can_follow_round(person, round_, today)
    # Numbered among all of the guardian's children: a child has one colour on every page.
    tags = child_tags(children, children_of(memberships, today))
    context = {
        "round": round_,
        "event": round_.event,
        "lines": _lines(person, round_, {one: tags[one] for one in tags if one in present}, refused),
        "can_follow": follows,
        "can_change": rules.can_change_event(person, round_.event, today),
        "follow": queries.follow_round(round_, today, person) if follows else None,
        "now": now(),
    }
    if follows:
        context["placing"] = _placing_form(round_, context["follow"])
        free = [one for one in context["follow"].slots if one.starts_at > now() and not hasattr(one, "appointment")]
        context["lacks_count"] = len(context["follow"].without) - len(free)
    return render(request, "agenda/round_detail.html", context, status=422 if refused else 200)


@signed_in("POST", is_family=True)
def giving_back_create(request, round_id, child_id):
    """The slot is free for the others at once."""
    person, round_ = request.person, _round(request, round_id)
    child = next((each for each in children_of_guardian(person, localdate()) if each.pk == child_id), None)
    if child is None:
        raise Http404
    require(rules.can_take_slot(person, round_, child.pk, localdate()))
    said = gettext("Votre rendez-vous est annulé.")
    press(request, lambda: actions.give_back(person=person, round_=round_, child=child, now=now()), said)
    return redirect("agenda:round_detail", round_id=round_.pk)


@signed_in("POST")
def placing_create(request, round_id):
    """By hand, for a family that cannot."""
    person, round_ = request.person, _round(request, round_id)
    require(rules.can_follow_round(person, round_, localdate()))
    form = _placing_form(round_, queries.follow_round(round_, localdate(), person), request.POST)
    place = actions.place_family

    def write(family, slot):
        child, guardian = (Person.objects.get(pk=uuid.UUID(key)) for key in family.split(":"))
        return place(person=person, round_=round_, child=child, guardian=guardian, slot=slot, now=now())

    if submit(request, form, write):
        messages.success(request, "C’est noté pour cette famille\u00a0: un courriel lui dit que c’est changé.")
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("agenda:round_detail", round_id=round_.pk)


@signed_in("GET", "POST")
def slots_add(request, round_id):
    """Another range."""
    person, round_ = request.person, _round(request, round_id)
    require(rules.can_follow_round(person, round_, localdate()))
    form = SlotsForm(request.POST or None)
    if submit(request, form, lambda **said: actions.add_slots(person=person, round_=round_, now=now(), **said)):
        messages.success(request, "Les créneaux sont ouverts. Les familles les voient.")
        _warn_at_once(request, round_)
        return redirect("agenda:round_detail", round_id=round_.pk)
    back, eyebrow = reverse("agenda:round_detail", args=[round_.pk]), round_.event.title
    return form_page(request, form, title="Ajouter des créneaux", eyebrow=eyebrow, button="Ouvrir", back=back)


def _warn_at_once(request, round_):
    """Whoever opens two rounds at one time may be in a single place."""
    if titles := queries.rounds_at_once(round_, request.person):
        said = ", ".join(f"«\u00a0{title}\u00a0»" for title in titles)
        messages.warning(
            request,
            f"Vous proposez déjà des rendez-vous à la même heure\u00a0: {said}. Retirez les créneaux en trop, ou deux "
            "familles pourraient venir ensemble.",
        )


@signed_in("POST")
def slot_remove(request, slot_id):
    """A free slot is no longer offered."""
    return _pressed(request, slot_id, actions.remove_slot, "Ce créneau n’est plus proposé.")


@signed_in("POST")
def appointment_cancel(request, slot_id):
    """By the school: the guardian is told."""
    said = "Le rendez-vous est annulé\u00a0: un courriel le dit à la famille, et le créneau est libre."
    return _pressed(request, slot_id, actions.cancel_appointment, said)


def _pressed(request, slot_id, act, said):
    slots = rules.slots_followed_by(request.person, localdate()).select_related(*(f"round__{path}" for path in BESIDE))
    slot = get_object_or_404(slots, pk=slot_id)
    require(rules.can_follow_round(request.person, slot.round, localdate()))
    press(request, lambda: act(person=request.person, slot=slot, now=now()), said)
    return redirect("agenda:round_detail", round_id=slot.round_id)


def _round(request, round_id, memberships=None):
    visible = rules.rounds_visible_to(request.person, localdate(), memberships=memberships)
    return get_object_or_404(visible.select_related(*BESIDE), pk=round_id)


def _lines(person, round_, tags, refused):
    """[(tag, own appointment, form)] of each child; two queries, none for who has no child there."""
    if not tags:
        return []
    own, free = queries.own_appointments(round_, person), queries.free_slots(round_, now())
    return [
        (tag, own.get(child_id), _free(refused.get(child_id), free, own.get(child_id)))
        for child_id, tag in tags.items()
    ]


def _free(form, free, appointment):
    """The form of a child; refused, it shows what is free now, with what was typed."""
    if form is None:
        return TakingForm(slots=free, initial={"wish": appointment.wish if appointment else ""})
    form.fields["slot"].queryset = free
    return form


def _placing_form(round_, follow, data=None):
    return PlacingForm(data, families=follow.families, slots=queries.free_slots(round_, now()))
