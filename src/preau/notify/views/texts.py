"""« SMS » of a city: how many it pays a month; and what its carrier says of each."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now
from django.views.decorators.csrf import csrf_exempt

from preau.kit.answers import require
from preau.kit.money import euros
from preau.kit.outbound import texting
from preau.kit.views import form_page, public, signed_in, submit
from preau.notify import actions, forms, rules
from preau.people import actions as people
from preau.people.models import TextBudget
from preau.people.queries import texts_sent
from preau.spaces import rules as spaces
from preau.spaces.naming import life_address

LEAD = (
    "Un SMS part à qui n’a ni courriel ni notification\u00a0; en urgence, à chaque portable confirmé. Ce nombre "
    "atteint, plus aucun ne part du mois\u00a0: l’école voit qui n’a pas été prévenu. Le dernier cinquième est gardé "
    "pour ces avis\u00a0: les codes n’y touchent pas."
)
KEPT = "C’est noté\u00a0: ce nombre vaut dès maintenant."


@signed_in("GET", "POST")
def city_texts(request, city_id):
    """The budget of the month, and what is spent of it."""
    city = get_object_or_404(spaces.cities_visible_to(request.person, localdate()), pk=city_id)
    require(rules.can_open_texts(request.person, city, localdate()))
    budget = TextBudget.objects.filter(city=city).first()
    known = {"per_month": budget.per_month} if budget else {}
    form = forms.TextBudgetForm(request.POST if request.method == "POST" else None, initial=known)
    if submit(
        request,
        form,
        lambda per_month: people.set_text_budget(person=request.person, city=city, per_month=per_month, now=now()),
    ):
        messages.success(request, KEPT)
        return redirect(request.path)
    sent = texts_sent(city, now())
    return form_page(
        request,
        form,
        template="notify/texts.html",
        title="SMS aux familles",
        eyebrow=city.name,
        lead=LEAD,
        button="Garder ce nombre",
        back=life_address(city),
        sent=sent,
        cost=_cost(sent.billed_count),
        worth=_cost(budget.per_month if budget else 0),
    )


@csrf_exempt
@public("POST")
def text_received(request):
    """A receipt, signed by the carrier's key; nothing else is read of who asks."""
    said = texting.receipt_of(request.body, request.headers.get("X-Preau-Signature", ""))
    if said is None:
        return HttpResponse(status=401)
    reference, state = said
    return HttpResponse(status=204 if actions.note_text_receipt(reference=reference, state=state, now=now()) else 404)


def _cost(count):
    return euros(count * settings.SMS_CENTS) if settings.SMS_CENTS else ""
