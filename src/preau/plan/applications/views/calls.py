"""Calls: read by those they concern, written by the Direction Éducation."""

import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, make_aware, now

from preau.kit.answers import require
from preau.kit.dates import day_text, school_year_label
from preau.kit.money import NBSP
from preau.kit.views import form_page, signed_in, submit, table_file
from preau.places.models import School
from preau.plan.applications import actions, forms, queries, rules
from preau.plan.applications.views.loading import call_in_sight, city_managed

BY_PAGE = 30
CALLS = ("Appel", "Ville", "Année scolaire", "Ouvre le", "Dernier jour", "Jours pour l’avis", "Dossiers déposés")
SCHOOLS = ("École", "UAI", "Nature", "Candidature", "Déposée le")


def _calls(request):
    """Every call one may read, newest first."""
    person, today = request.person, localdate()
    if not rules.schools_in_reach(person, today).exists():
        raise Http404
    return queries.call_lines(rules.calls_visible_to(person, today), now())


@signed_in()
def call_list(request):
    """Every call in sight."""
    page = Paginator(_calls(request), BY_PAGE).get_page(request.GET.get("page"))
    managed = rules.cities_managed_by(request.person, localdate()).first()
    return render(request, "applications/call_list.html", {"page": page, "managed": managed})


@signed_in()
def call_export(request, extension):
    """The same calls to take away."""
    rows = [
        (
            line.call.title,
            line.call.city.name,
            line.call.school_year,
            localdate(line.call.opens_at),
            line.call.last_day,
            line.call.opinion_days_count,
            line.filed_count,
        )
        for line in _calls(request)
    ]
    return table_file(f"appels-{localdate()}", extension, CALLS, rows)


def _schools(request, call):
    """The schools of the call in reach, with the file of each when it is read."""
    person, today = request.person, localdate()
    schools = rules.schools_in_reach(person, today)
    return queries.schools_of_call(call, schools, rules.applications_visible_to(person, today), today)


@signed_in()
def call_school_export(request, call_id, extension):
    """Those that applied, those that did not."""
    call = call_in_sight(request, call_id)
    rows = [
        (
            line.school.name_beside_kind,
            line.school.uai,
            line.school.get_kind_display(),
            file.get_state_display() if (file := line.application) else "pas de dossier déposé",
            localdate(file.submitted_at) if file and file.submitted_at else None,
        )
        for line in _schools(request, call)
    ]
    return table_file(f"appel-{call.city.slug}-{call.school_year}", extension, SCHOOLS, rows)


@signed_in()
def call_detail(request, call_id):
    """A call: its window, criteria, form; the schools it is open to, those that did not apply too."""
    call = call_in_sight(request, call_id)
    person, today = request.person, localdate()
    taught, lines = rules.schools_taught_by(person, today), _schools(request, call)
    context = {
        "call": call, "lines": lines, "is_open": call.is_open(now()),
        "startable": [
            line.school for line in lines if line.application is None and line.school.pk in taught
        ] if call.is_open(now()) else [],
        "last_day": call.last_day,
        "headless_count": sum(1 for line in lines if not line.is_headed) if call.closes_at > now() else 0,
        # A part of the schools says nothing of the others: « 0 sur 1 » would be of one's own.
        "reads_all": len(lines) >= queries.schools_asked(call, School.objects.all()).count(),
        "reads_envelope": rules.reads_envelope(person, call.city, today),
        "may_manage": rules.can_manage_calls(person, call.city, today),
    }  # fmt: skip
    return render(request, "applications/call_detail.html", context)


def _opened(call):
    """What is true of a call just written: when it opens, and where the heads find it."""
    if not call.is_open(now()):
        return f"«{NBSP}{call.title}{NBSP}» est écrit. Il ouvre le {day_text(localdate(call.opens_at))}."
    return (
        f"«{NBSP}{call.title}{NBSP}» est ouvert. Chaque direction d’école le trouve dans «{NBSP}Plan numérique{NBSP}»."
    )


@signed_in("GET", "POST")
def call_create(request):
    """« Ouvrir un appel »"""
    city, today = city_managed(request), localdate()
    require(rules.can_manage_calls(request.person, city, today))
    form = forms.CallForm(request.POST or None, city=city, initial={"school_year": school_year_label(today)})
    if request.method == "POST" and form.is_valid():
        call = actions.open_call(person=request.person, city=city, now=now(), **_values(form))
        messages.success(request, _opened(call))
        return redirect("applications:call_detail", call_id=call.id)
    needs_form, needs_ambition = not form.fields["form_revision"].queryset.exists(), not form.has_ambitions
    return form_page(
        request,
        form,
        title="Ouvrir un appel à candidatures",
        button="Ouvrir l’appel",
        eyebrow=city.name,
        back=reverse("applications:call_list"),
        template="applications/form.html",
        needs_form=needs_form,
        needs_ambition=needs_ambition,
        # Not drawn while it would be refused; once sent, what was typed stays.
        is_vain=(needs_form or needs_ambition) and not form.is_bound,
    )


@signed_in("GET", "POST")
def call_edit(request, call_id):
    """« Changer l’appel »; whoever comes second is told."""
    call, today = call_in_sight(request, call_id), localdate()
    require(rules.can_manage_calls(request.person, call.city, today))
    form = forms.CallForm(request.POST or None, city=call.city, initial=_initial(call))

    def write(version, **_):
        return actions.change_call(person=request.person, call=call, version=version or 0, now=now(), **_values(form))

    if submit(request, form, write, call):
        messages.success(request, f"«{NBSP}{call.title}{NBSP}» est changé. Les écoles le lisent ainsi.")
        return redirect("applications:call_detail", call_id=call.id)
    return form_page(
        request,
        form,
        title=f"Changer l’appel «\u00a0{call.title}\u00a0»",
        button="Enregistrer",
        eyebrow=call.city.name,
        back=reverse("applications:call_detail", args=[call.id]),
    )


def _initial(call):
    return {
        "version": call.version,
        "title": call.title,
        "school_year": call.school_year,
        "opens_on": localtime(call.opens_at).date(),
        "closes_on": call.last_day,
        "form_revision": call.form_revision,
        "criteria": call.criteria,
        "opinion_days_count": call.opinion_days_count,
        "schools": call.schools.all(),
        "envelope": call.envelope_cents,
    }


def _values(form):
    """Days become instants: from the first midnight to the one after the last day."""
    data = dict(form.cleaned_data)
    data.pop("version")
    opens, closes = data.pop("opens_on"), data.pop("closes_on")
    data["opens_at"] = _midnight(opens)
    data["closes_at"] = _midnight(closes + datetime.timedelta(days=1))
    data["envelope_cents"] = data.pop("envelope")
    return data


def _midnight(day):
    return make_aware(datetime.datetime.combine(day, datetime.time()))
