"""Opinions: what waits for one's pen, the one-page summary, giving, releasing, lifting, a new day."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from preau.kit.answers import Conflict, require
from preau.kit.dates import day_text, hour_text
from preau.kit.money import NBSP
from preau.kit.views import form_page, signed_in, submit, table_file
from preau.plan.applications import actions, forms, queries, rules
from preau.plan.applications.views.files import BY_PAGE
from preau.plan.applications.views.loading import opinion_in_sight


def _back(opinion):
    return redirect("applications:application_detail", application_id=opinion.application_id)


# What a line tells: a copy holds a whole file, that nobody reads there.
SHOWN = (
    "authority", "asked_at", "due_on", "given_at", "reminded_on", "submission__title", "application__call__title",
    "application__school__shown_name", "application__school__uai",
)  # fmt: skip
COLUMNS = ("École", "UAI", "Projet", "Appel", "Avis de", "Demandé le", "Au plus tard le", "État")


def _awaited(person, today):
    """Opinions the person has to give, the most pressing first; 404 for who holds no pen."""
    if not rules.holds_a_pen(person, today):
        raise Http404
    waiting = rules.opinions_to_give_by(person, today).only(*SHOWN)
    waiting = waiting.select_related("submission", "application__school", "application__call").annotate(
        is_titled=Exists(rules.titled_for(person, today).filter(pk=OuterRef("application")))
    )
    return waiting.order_by("due_on", "id")


@signed_in()
def opinion_list(request):
    """« Avis à rendre », the most pressing first; those past their day say so."""
    person, today = request.person, localdate()
    waiting = _awaited(person, today)
    paginator = Paginator(waiting, BY_PAGE)
    paginator.count, late_count = queries.count_awaited(waiting, today)  # one query, where the paginator makes its own
    page = paginator.get_page(request.GET.get("page"))
    context = {"page": page, "today": today, "late_count": late_count, "open_count": paginator.count - late_count}
    return render(request, "applications/opinion_list.html", context)


@signed_in()
def opinion_export(request, extension):
    """The same opinions; a project only where the person reads it."""
    today = localdate()
    rows = [
        (
            o.application.school.shown_name,
            o.application.school.uai,
            o.submission.title if o.is_titled else "",
            o.application.call.title,
            o.get_authority_display(),
            localdate(o.asked_at),
            o.due_on,
            "avis non rendu" if o.is_late(today) else "à rendre",
        )
        for o in _awaited(request.person, today)
    ]
    return table_file(f"avis-a-rendre-{today}", extension, COLUMNS, rows)


@signed_in("GET", "POST")
def opinion_edit(request, opinion_id):
    """The summary of the file on one page, and the opinion beside it."""
    opinion = opinion_in_sight(request, opinion_id)
    person, today = request.person, localdate()
    form = forms.OpinionForm(request.POST or None)
    require(rules.can_hold_pen(person, opinion, today))
    # Sent whole, the action answers: what was typed stays when a colleague or the school was quicker.
    is_sent = request.method == "POST" and form.is_valid()
    if not is_sent:
        require(rules.can_give_opinion(person, opinion, today))
    else:
        try:
            _give(request, opinion, form)
        except actions.AlreadyGiven as first:
            form.add_error(None, _first_said(first.opinion))
        except Conflict as conflict:
            form.add_error(None, conflict.reason)
        else:
            messages.success(request, _given_said(opinion, form.cleaned_data["reader"]))
            return redirect("applications:opinion_list")
    file = opinion.application
    sections = rules.sections_visible_to(person, file, today)
    context = {
        "opinion": opinion, "file": file, "form": form,
        "summary": queries.summary_of(file, (), opinion.submission), "is_technical": sections is not None,
        "lines": queries.lines_of(opinion.submission.content, sections),
        "others": queries.opinion_lines(file, rules.opinions_visible_to(person, today), today),
    }  # fmt: skip
    return render(request, "applications/opinion_form.html", context, status=422 if form.is_bound else 200)


def _give(request, opinion, form):
    data = form.cleaned_data
    actions.give_opinion(
        person=request.person,
        opinion=opinion,
        verdict=data["verdict"],
        motivation=data["motivation"],
        now=now(),
        is_confidential=data["reader"] == "never",
        is_released=data["reader"] == "school",
    )


def _about(opinion):
    """« L’avis « IEN », École Montmidi, »: what an act was done to."""
    return f"L’avis «{NBSP}{opinion.get_authority_display()}{NBSP}», {opinion.application.school.shown_name},"


def _given_said(opinion, reader):
    school = opinion.application.school.shown_name
    read = {"school": "L’école et les autorités le lisent.", "never": "Les autorités seules le lisent."}
    told = read.get(reader, "Les autorités le lisent, l’école quand on le lui communique.")
    return f"{school}{NBSP}: votre avis est rendu. {told}"


def _first_said(opinion):
    """What changed, for the one who comes second; what they typed stays in the form."""
    who = opinion.given_by.formal_name if opinion.given_by else "Quelqu’un"
    at = hour_text(localtime(opinion.given_at))
    return (
        f"{who} a rendu l’avis de votre service à {at}{NBSP}: «{NBSP}{opinion.get_verdict_display()}{NBSP}». "
        "Le vôtre n’est pas enregistré."
    )


@signed_in("POST")
def opinion_release(request, opinion_id):
    """« Communiquer à l’école »"""
    opinion = opinion_in_sight(request, opinion_id)
    require(rules.can_release_opinion(request.person, opinion, localdate()))
    actions.release_opinion(person=request.person, opinion=opinion, now=now())
    messages.success(
        request,
        f"{_about(opinion)} est communiqué. L’école le lit.",
    )
    return _back(opinion)


@signed_in("GET", "POST")
def opinion_lifting(request, opinion_id):
    """« Lever les réserves »"""
    opinion = opinion_in_sight(request, opinion_id)
    require(rules.can_lift_reservations(request.person, opinion, localdate()))
    form = forms.TextForm(request.POST or None, label="Ce qui lève vos réserves", longest=500)
    if request.method == "POST" and form.is_valid():
        actions.lift_reservations(person=request.person, opinion=opinion, reason=form.cleaned_data["text"], now=now())
        messages.success(
            request,
            f"{_about(opinion)} est sans réserve désormais. Qui le lit le voit, il reste écrit.",
        )
        return _back(opinion)
    return form_page(
        request,
        form,
        title="Lever les réserves",
        button="Lever les réserves",
        eyebrow=opinion.application.school.shown_name,
        back=reverse("applications:application_detail", args=[opinion.application_id]),
        lead=opinion.motivation,
    )


@signed_in("GET", "POST")
def opinion_delay(request, opinion_id):
    """« Donner un nouveau délai »"""
    opinion, today = opinion_in_sight(request, opinion_id), localdate()
    require(rules.can_extend_opinion(request.person, opinion, today))
    form = forms.DelayForm(request.POST or None)
    extend = partial(actions.extend_opinion, person=request.person, opinion=opinion, now=now())
    if submit(request, form, extend):
        messages.success(request, f"{_about(opinion)} a un nouveau délai. Qui doit le rendre le voit à son accueil.")
        return _back(opinion)
    return form_page(
        request,
        form,
        title=f"Nouveau délai{NBSP}: {opinion.get_authority_display()}",
        button="Donner ce délai",
        back=reverse("applications:application_detail", args=[opinion.application_id]),
        eyebrow=opinion.application.school.shown_name,
        lead=f"Attendu au plus tard le {day_text(opinion.due_on)}.",
    )
