"""« J’ai un autre enfant »: a second sheet, from another school, joins the account that is open.

Its code is typed here, or was given at the door (`?fiche=1`), where a telephone brings who scans it.
"""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.arrivals.joining_form import SecondSheetForm
from preau.kit.answers import require
from preau.kit.spoken import other_language
from preau.kit.views import signed_in
from preau.people import actions as people
from preau.people.queries import code_of, dead_code_reason, living_code
from preau.people.queries.entries import SHEET, shown_lately
from preau.schools import actions, rules

TOO_MANY = _("Trop de codes essayés. Attendez une heure, ou demandez à l’école.")


@signed_in("GET", "POST", is_family=True)
def other_child(request):
    """Step 1: the code, and what it would bring. Step 2: the same code again, with « Réunir »."""
    today, now = timezone.localdate(), timezone.now()
    require(rules.can_have_other_children(request.person, today))
    given = shown_lately(request.session.get(SHEET), now) if "fiche" in request.GET else None
    code = living_code(given, now)
    answer = rules.can_join_guardians(request.person, code, today) if code else None
    if answer:
        return _join(request, code, now) if "join" in request.POST else _confirm(request, code, today)
    refused = answer.reason if answer is not None and request.method == "GET" else ""
    form = SecondSheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = code_of(form.cleaned_data["code"], now)
        if code is None:
            heard = people.count_network(network=f"sheets of {request.person.pk}", now=now)
            reason = dead_code_reason(form.cleaned_data["code"], request.person)
            form.add_error("code", reason if heard else TOO_MANY)
        elif not (answer := rules.can_join_guardians(request.person, code, today)):
            form.add_error("code", answer.reason)
        elif "join" in request.POST:
            return _join(request, code, now)
        else:
            return _confirm(request, code, today, typed=form.cleaned_data["code"])
    return render(request, "arrivals/other_child.html", {"form": form, "refused": refused})


def _confirm(request, code, today, typed=""):
    gained = [link.child for link in rules.links_of_sheet(code, today)]
    context = {"code": typed, "gained": gained, "holder": code.person}
    return render(request, "arrivals/other_child_confirm.html", context)


def _join(request, code, now):
    children = actions.join_guardians(code=code, kept=request.person, person=request.person, now=now)
    request.session.pop(SHEET, None)
    first_names = [child.first_name for child in children]
    names = ", ".join(first_names)
    said = gettext("C’est fait\u00a0: %(names)s est avec vos autres enfants, dans le même compte.")
    if len(children) > 1 and not other_language():
        names = f"{', '.join(first_names[:-1])} et {first_names[-1]}"
        said = said.replace(" est avec ", " sont avec ")
    messages.success(request, said % {"names": names or gettext("la fiche")})
    return redirect(settings.LOGIN_REDIRECT_URL)
