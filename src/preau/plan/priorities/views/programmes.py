"""The year's programme: its schools, its cost, its steps."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, require
from preau.kit.dates import school_year_label
from preau.kit.money import NBSP
from preau.kit.rooms.doors import story_page
from preau.kit.views import chosen_by_slug, signed_in
from preau.places.models import School
from preau.plan.priorities import actions, forms, queries, rules
from preau.plan.priorities.models import PROGRAMME_NEXT, ProgrammeState
from preau.plan.priorities.queries.programmes import kits_for

BY_PAGE = 30
PASSED = "Ce programme est {}\u00a0: cette étape n’est plus à faire."
# Step of the address → (state it leads to, button, form, action).
STEPS = {
    "arbitrage": ("arbitrated", "Arbitrer ce programme", forms.EditionForm, actions.arbitrate),
    "copil": ("submitted_copil", "Soumettre au COPIL", forms.EditionForm, actions.submit_programme),
    "vote": ("voted", "Noter le vote", forms.VoteForm, actions.record_vote),
    "demarrage": ("running", "Commencer les travaux", forms.EditionForm, actions.start_programme),
    "bilan": ("closed", "Clore l’année", forms.ReviewForm, actions.close_programme),
    "raison": (None, "", forms.ReasonForm, actions.explain_school),  # leads nowhere: asked beside its school
}


def programme_in_sight(request, programme_id):
    """404 out of sight."""
    visible = rules.programmes_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("city", "priority_list__call"), id=programme_id)


def programmes_in_sight(request):
    """The newest year first; 404 for who has none to read anywhere."""
    today = localdate()
    if not rules.cities_visible_to(request.person, today).exists():
        raise Http404
    programmes = rules.programmes_visible_to(request.person, today).select_related("city")
    return programmes.order_by("-school_year", "-version", "id")


@signed_in()
def programme_list(request):
    """Every programme in sight."""
    page = Paginator(programmes_in_sight(request), BY_PAGE).get_page(request.GET.get("page"))
    today = localdate()
    context = {
        "page": page, "cities": rules.cities_programmed_by(request.person, today).order_by("name"),
        "reads_lists": rules.cities_with_lists_for(request.person, today).exists(),
    }  # fmt: skip
    return render(request, "priorities/programme_list.html", context)


@signed_in("GET", "POST")
def programme_create(request):
    """« Ouvrir un programme »"""
    today = localdate()
    city, _ = chosen_by_slug(request, rules.cities_visible_to(request.person, today))
    require(rules.can_write_programme(request.person, city, today))
    lists = queries.lists_to_follow(rules.lists_visible_to(request.person, today).filter(city=city))
    initial = {"school_year": school_year_label(today), "priority_list": lists.first()}
    form = forms.ProgrammeForm(request.POST or None, initial=initial, lists=lists)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        programme = actions.open_programme(
            person=request.person,
            city=city,
            school_year=data["school_year"],
            envelope_cents=data["envelope"],
            regime=data["regime"],
            priority_list=data["priority_list"],
            now=now(),
        )
        messages.success(request, f"Le programme {programme.school_year} est ouvert. Ajoutez ses écoles.")
        return redirect("priorities:programme_detail", programme_id=programme.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "priorities/programme_form.html", {"city": city, "form": form}, status=status)


@signed_in()
def programme_detail(request, programme_id):
    """One year: schools in order, ranks of the list beside them, cost and envelope, the next step."""
    return _page(request, programme_in_sight(request, programme_id), status=200)


def _context(request, programme, school_form=None, step_form=None, refused="", reason_form=None):
    today = localdate()
    may_write = rules.can_write_programme(request.person, programme.city, today)
    following, read = PROGRAMME_NEXT[programme.state] if may_write else (), {"edition": programme.edition}
    if may_write and programme.is_written and school_form is None:
        school_form = _school_form(programme, today, initial=read)
    return {
        "programme": programme,
        "view": queries.programme_view(programme),
        "may_write": may_write,
        "with_ranks": rules.reads_ranks(request.person, programme, today),
        "with_reasons": rules.reads_reasons(request.person, programme, today),
        "story": rules.reads_every_school(request.person, programme, today) and story_page(),
        "with_costs": rules.reads_programme_costs(request.person, programme, today),
        "school_form": school_form if may_write and programme.is_written else None,
        "steps": [
            (name, label, step_form if type(step_form) is shape else shape(initial=read))
            for name, (to, label, shape, _) in STEPS.items()
            if to in following
        ],
        "refused": refused,
        "reason_form": reason_form,
    }


def _school_form(programme, today, *args, **kwargs):
    schools, kits = queries.schools_to_add(programme), kits_for(programme.city, today)
    return forms.SchoolForm(*args, schools=schools, kits=kits, **kwargs)


def _page(request, programme, form=None, status=422, **more):
    """The page again: `form`, what was typed, stays where it was."""
    if form is not None:
        programme.refresh_from_db()
        form.read_again(programme.edition)
        of = {forms.SchoolForm: "school_form", forms.ReasonForm: "reason_form"}
        more[of.get(type(form), "step_form")] = form
    return render(request, "priorities/programme_detail.html", _context(request, programme, **more), status=status)


@signed_in("POST")
def school_adding(request, programme_id):
    """One more school."""
    today = localdate()
    programme = programme_in_sight(request, programme_id)
    require(rules.can_write_programme(request.person, programme.city, today))
    form = _school_form(programme, today, request.POST)
    if not form.is_valid():
        return _page(request, programme, form)
    try:
        actions.add_school(person=request.person, programme=programme, now=now(), **form.cleaned_data)
    except Conflict as refusal:
        return _page(request, programme, form, refused=refusal.reason)
    messages.success(
        request,
        f"{form.cleaned_data['school'].shown_name} est au programme. Son déploiement s’ouvrira avec le programme.",
    )
    return redirect("priorities:programme_detail", programme_id=programme.id)


@signed_in("POST")
def school_removal(request, programme_id):
    """One school off the programme."""
    programme = programme_in_sight(request, programme_id)
    require(rules.can_write_programme(request.person, programme.city, localdate()))
    form = forms.RemoveSchoolForm(request.POST)
    if not form.is_valid():
        return _page(request, programme)
    school = get_object_or_404(School, id=form.cleaned_data["school"], programme_entries__programme=programme)
    try:
        actions.remove_school(
            person=request.person, programme=programme, school=school, edition=form.cleaned_data["edition"], now=now()
        )
    except Conflict as refusal:
        return _page(request, programme, form, refused=refusal.reason)
    messages.success(request, f"{school.shown_name} n’est plus au programme. Elle garde sa place sur la liste.")
    return redirect("priorities:programme_detail", programme_id=programme.id)


def _done_said(programme, to):
    """The state it is in now; a reason given for one of its schools leads to none."""
    done = ProgrammeState(to).label if to else "votre raison est écrite"
    return f"Programme {programme.school_year}{NBSP}: {done}."


@signed_in("POST")
def programme_step(request, programme_id, programme_step):
    """The next state of the year."""
    programme = programme_in_sight(request, programme_id)
    require(rules.can_write_programme(request.person, programme.city, localdate()))
    if programme_step not in STEPS:
        raise Http404
    to, _, shape, action = STEPS[programme_step]
    form = shape(request.POST)
    if not form.is_valid():
        is_next = to is None or to in PROGRAMME_NEXT[programme.state]
        return _page(request, programme, form, refused="" if is_next else PASSED.format(programme.get_state_display()))
    try:
        action(person=request.person, programme=programme, now=now(), **form.cleaned_data)
    except Conflict as refusal:
        return _page(request, programme, form, refused=refusal.reason)
    messages.success(request, f"{_done_said(programme, to)} Qui suit le programme le lit.")
    return redirect("priorities:programme_detail", programme_id=programme.id)
