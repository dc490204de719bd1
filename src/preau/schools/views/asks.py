"""« Fiches demandées »: who lost what opens their account, since when, and the sheet in one press."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, localtime, now

from preau.kit.answers import Conflict, require
from preau.kit.views import signed_in
from preau.people import actions as people
from preau.people.sheets import sheet_of
from preau.schools.actions.sheets import make_asked_sheets
from preau.schools.asked import answered_to, sheet_asks_of
from preau.schools.rules import asks as rules


@signed_in()
def sheet_asks(request):
    """The oldest first; printing one answers it."""
    today = localdate()
    require(rules.can_answer_sheet_asks(request.person, today))
    lines = sheet_asks_of(request.person, today)
    context = {
        "lines": lines,
        "to_make_count": sum(1 for line in lines if line.answer),
        "answered": answered_to(request.person, today, now()),
        "now": localtime(now()),
    }
    return render(request, "schools/sheet_asks.html", context)


@signed_in("POST")
def sheet_asks_print(request):
    """All of them at once, one to a page; their codes are shown now and never again."""
    require(rules.can_answer_sheet_asks(request.person, localdate()))
    try:
        made = make_asked_sheets(person=request.person, now=now())
    except Conflict as conflict:
        messages.error(request, conflict.reason)
        return redirect("schools:sheet_asks")
    sheets = [
        sheet_of(request, line.ask.person, secret, about=line.about, is_pupil=line.is_pupil) for line, secret in made
    ]
    return render(request, "schools/sheets_asked.html", {"sheets": sheets})


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
