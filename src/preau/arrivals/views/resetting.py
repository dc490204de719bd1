"""« Mots de passe volés »: whose, who is left as they are, then one press."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now

from preau.arrivals import actions, rules
from preau.arrivals.queries.resets import Who, reset_of
from preau.arrivals.reset_form import ResetForm
from preau.kit.answers import Conflict, require
from preau.kit.dates import school_year_label
from preau.kit.ids import ids_of
from preau.kit.money import NBSP
from preau.kit.views import signed_in
from preau.spaces.models import Stop
from preau.spaces.rules import stop_authority

MOST = 900  # persons left as they are by one press, fewer than the fields that a form may hold


@signed_in("GET", "POST")
def reset(request, school_id):
    """What would be done is read first, at an address of its own; the button does that, or nothing."""
    today = localdate()
    schools = rules.schools_resettable_by(request.person, today).select_related("city")
    school = get_object_or_404(schools, pk=school_id)
    require(rules.can_reset_passwords(request.person, school, today))
    authority = stop_authority(request.person, school, today)
    form = _form(request, school, authority, today)
    but, plan, problem = set(), None, ""
    if form.is_valid():
        but = set(ids_of(request.POST.getlist("but"), MOST))
        if request.method == "POST":
            done, problem = _done(request, school, form, but)
            if done:
                return _told(request, school, authority, form, done)
        plan = reset_of(request.person, school, **form.cleaned_data, now=now(), today=today)
    page = {
        "school": school, "form": form, "plan": plan, "problem": problem, "authority": authority, "but": but,
        "back": reverse("spaces:school_stop", args=[school.pk]), "sent": form.sent(),
    }  # fmt: skip
    return render(request, "arrivals/reset.html", page, status=409 if problem else 422 if form.errors else 200)


def _form(request, school, authority, today):
    """A class is the school's own: the city and the operator choose the whole school."""
    is_head = authority == Stop.Authority.SCHOOL
    year = school_year_label(today)
    rooms = school.classrooms.filter(school_year=year).order_by("order_key", "id") if is_head else []
    sent = request.POST if request.method == "POST" else request.GET
    return ResetForm(sent if "where" in sent else None, classrooms=list(rooms), today=today)


def _done(request, school, form, but):
    """(what was done, "") or (None, why not)."""
    count = request.POST.get("count", "")
    count = int(count) if count.isdecimal() and len(count) < 7 else -1
    try:
        chosen = form.cleaned_data
        return actions.reset_passwords(
            person=request.person, school=school, but=but, count=count, now=now(), **chosen
        ), ""
    except Conflict as conflict:
        return None, conflict.reason


def _told(request, school, authority, form, done):
    """Who is told and how; a head goes on to print the sheets."""
    said = (
        f"Mots de passe réinitialisés{NBSP}: {len(done.accounts)}. Prévenus par courriel{NBSP}: {done.mailed_count}, "
        f"dont {done.by_mail_count} en choisissent un autre eux-mêmes. N’ont que le papier{NBSP}: {done.on_paper_count}"
    )
    if authority != Stop.Authority.SCHOOL:
        messages.success(request, f"{said}, l’école le voit dans «{NBSP}Fiches demandées{NBSP}».")
        return redirect("spaces:school_stop", school.pk)
    messages.success(request, f"{said}, nommés dans «{NBSP}Fiches demandées{NBSP}». Préparez leurs fiches ici.")
    if form.cleaned_data["who"] == [Who.TEAM]:  # adults of no class in particular: all of them in one press
        return redirect("schools:sheet_asks")
    query = {"classe": form.cleaned_data["classroom"] and form.cleaned_data["classroom"].pk or ""}
    query["eleves"] = "oui" if Who.PUPILS in form.cleaned_data["who"] else ""
    return redirect(f"{reverse('arrivals:sheets_new', args=[school.pk])}?{urlencode(query)}")
