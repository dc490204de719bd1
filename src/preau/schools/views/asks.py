"""« Fiches demandées »: who lost what opens their account, since when, and the sheet in one press."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, localtime, now

from preau.kit.answers import require
from preau.kit.views import signed_in
from preau.people import actions as people
from preau.people.queries.help import answered_lately
from preau.schools.asked import sheet_asks_of
from preau.schools.rules import asks as rules


@signed_in()
def sheet_asks(request):
    """The oldest first; printing one answers it."""
    today = localdate()
    require(rules.can_answer_sheet_asks(request.person, today))
    asks = rules.sheet_asks_visible_to(request.person, today)
    context = {
        "lines": sheet_asks_of(request.person, today),
        "answered": answered_lately(asks, now()),
        "now": localtime(now()),
    }
    return render(request, "schools/sheet_asks.html", context)


@signed_in("POST")
def sheet_ask_drop(request, ask_id):
    """« Sans suite »: no sheet is made."""
    ask = get_object_or_404(rules.sheet_asks_visible_to(request.person, localdate()), pk=ask_id)
    people.drop_sheet_ask(ask=ask, person=request.person, now=now())
    account = getattr(ask.person, "account", None)
    if account is None:
        left = "Cette personne n’a pas de compte."
    elif account.has_usable_password():
        left = "Son mot de passe actuel marche encore."
    else:
        left = "Son compte n’a plus de mot de passe\u00a0: personne n’y entre."
    messages.success(request, f"{ask.person.full_name}\u00a0: sans suite. {left}")
    return redirect("schools:sheet_asks")
