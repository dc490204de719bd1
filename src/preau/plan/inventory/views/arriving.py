"""A delivery, a mobile class: received at a school, each thing with its tag."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import signed_in, submit
from preau.places.models import Room
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.inventory import actions, forms, rules
from preau.plan.inventory.actions import Delivered
from preau.plan.inventory.models import Kind


def writable_school(request, school_id, today):
    """404 out of sight, 403 with its reason in sight only."""
    school = get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)
    require(rules.can_write_assets(request.person, school.city, school, today))
    return school


def rooms_in_use(school):
    """Rooms of a school where a thing may be put, in order."""
    rooms = Room.objects.filter(building__school=school, closed_on=None).select_related("building")
    return rooms.order_by("building__sort_key", "floor", "sort_key", "id")


@signed_in("GET", "POST")
def delivery(request, school_id):
    """« Recevoir une livraison »"""
    return _receive(request, school_id, forms.DeliveryForm, _things, "Recevoir une livraison")


@signed_in("GET", "POST")
def cart_delivery(request, school_id):
    """« Recevoir une classe mobile »"""
    return _receive(request, school_id, forms.CartForm, _mobile_class, "Recevoir une classe mobile")


def _receive(request, school_id, form_class, items_of, title):
    today = localdate()
    school = writable_school(request, school_id, today)
    initial = {"received_on": today, "tag": request.GET.get("etiquette", "")}
    form = form_class(request.POST or None, rooms=rooms_in_use(school), today=today, initial=initial)

    def write(*, room, delivery_ref, received_on, state, due_on, **things):
        return actions.receive_assets(
            person=request.person,
            school=school,
            items=[items_of(things)],
            room=room,
            delivery_ref=delivery_ref,
            received_on=received_on,
            state=state,
            due_on=due_on,
            now=now(),
        )

    if made := submit(request, form, write):
        to_print = "" if form.cleaned_data.get("tag") else " Imprimez leurs étiquettes."
        messages.success(request, f"Biens ajoutés{NBSP}: {len(made)}.{to_print}")
        if made[0].is_cart or len(made) == 1:
            return redirect("inventory:asset_detail", asset_id=made[0].id)
        return redirect("inventory:school_stock", school_id=school.id)
    context = {"school": school, "form": form, "title": title}
    return render(request, "inventory/delivery.html", context, status=422 if request.method == "POST" else 200)


def _money(data):
    return {"funding": data["funding"], "price_cents": data["price"], "regime": data["regime"]}


def _things(data) -> Delivered:
    return Delivered(data["kind"], data["label"], data["quantity"], data["serials"], tag=data["tag"], **_money(data))


def _mobile_class(data) -> Delivered:
    """The price is the whole cart's, as one buys it: it stays on the cart."""
    serials = data["serials"] or ("",) * data["quantity"]
    paid = {"funding": data["funding"]}
    contents = [
        Delivered(data["kind"], data["terminal_label"], serials=(serial,), slot=str(place), **paid)
        for place, serial in enumerate(serials, 1)
    ]
    contents.append(Delivered(Kind.PC, "Poste maître", serials=(data["master_serial"],), slot="M", **paid))
    contents.append(Delivered(Kind.ACCESS_POINT, "Borne Wi-Fi", serials=(data["point_serial"],), slot="B", **paid))
    return Delivered(Kind.CART, data["label"], slots_count=data["quantity"], contents=tuple(contents), **_money(data))
