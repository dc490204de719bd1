"""« Notifications » of « Mon compte », and the script that shows them."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from preau.kit.answers import require
from preau.kit.outbound.push import public_key
from preau.kit.views import form_page, press, public, signed_in, submit
from preau.notify import actions, forms, rules
from preau.people.queries import open_sign_ins

LEAD = (
    "Quand un message vous attend, ce téléphone ou cet ordinateur le dit, sans nom ni texte. Au plus une fois par jour "
    "et par enfant. Jamais la nuit ni le week-end, sauf urgence."
)
KEPT = "C’est noté\u00a0: cet appareil sera prévenu."
FORGOTTEN = "C’est noté\u00a0: cet appareil n’est plus prévenu."
SCRIPT = Path(__file__).parents[1] / "static" / "notify" / "service-worker.js"


@public()
def service_worker(request):
    """At the root, so that it serves every page (Service Workers, 4.4)."""
    return HttpResponse(SCRIPT.read_bytes(), "text/javascript", headers={"Cache-Control": "no-cache"})


@signed_in("GET", "POST", is_family=True)
def devices(request):
    """This browser, and the others of the same person."""
    kept = rules.devices_visible_to(request.person, localdate()).order_by("asked_at", "id")
    if not kept:  # who has some may always take them back
        require(rules.can_be_pushed(request.person, localdate()))
    form = forms.DeviceForm(request.POST if request.method == "POST" else None)

    def write(**given):
        here = open_sign_ins(request.user, now()).first()
        return actions.keep_device(person=request.person, name=here.device if here else "", now=now(), **given)

    if submit(request, form, write):
        messages.success(request, gettext(KEPT))
        return redirect("notify:devices")
    return form_page(
        request,
        form,
        template="notify/devices.html",
        title="Notifications",
        eyebrow="Mon compte",
        lead=LEAD,
        button="Prévenir sur cet appareil",
        back=reverse("account_home"),
        devices=kept,
        key=public_key(),
    )


@signed_in("POST", is_family=True)
def device_end(request, device_id):
    """« Retirer »."""
    device = get_object_or_404(rules.devices_visible_to(request.person, localdate()), pk=device_id)
    press(request, lambda: actions.forget_device(person=request.person, device=device, now=now()), gettext(FORGOTTEN))
    return redirect("account_home" if not rules.devices_visible_to(request.person, localdate()) else "notify:devices")
