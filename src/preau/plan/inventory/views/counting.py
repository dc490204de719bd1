"""A walk round a school: the page that works without network, the paper sheet, and what a person settles after."""

from functools import partial
from pathlib import Path
from uuid import uuid4

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from preau.kit.answers import Conflict, require
from preau.kit.money import NBSP
from preau.kit.views import form_page, pdf_file, public, signed_in, submit, table_file
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.inventory import actions, forms, queries, rules, walks
from preau.plan.inventory.models import ALPHABET, MISREAD, Observation
from preau.plan.inventory.views.arriving import rooms_in_use, writable_school

MOST = 600  # lines of one list: beyond that, a walk is made room by room
BY_PAGE = 50
COLUMNS = ("École", "Compté le", "À", "Où", "Relevé", "À régler")


def _room_among(rooms, asked):
    """The room of `?local=`, none when it is not said; 404 for another school's."""
    if not asked:
        return None
    try:
        return get_object_or_404(rooms, id=asked)
    except (ValueError, TypeError, ValidationError):
        raise Http404


@signed_in("GET", "POST")
def count_walk(request, school_id):
    """« Compter »: boxes to tick, labels to scan or to type; sent once, whatever the network does."""
    school = writable_school(request, school_id, localdate())
    rooms = rooms_in_use(school)
    room = _room_among(rooms, request.GET.get("local"))
    form = forms.CountForm(request.POST or None, initial={"client_id": uuid4()})
    at = now()

    def write(client_id, counted_at, source, **_):
        return actions.record_count(
            person=request.person,
            school=school,
            room=room,
            client_id=client_id,
            tags=form.tags,
            counted_at=counted_at or at,
            source=source,
            now=at,
        )

    if session := submit(request, form, write):
        return redirect("inventory:count_detail", count_id=session.id)
    assets = list(queries.to_meet(school, room)[: MOST + 1])
    context = {
        "school": school, "room": room, "rooms": rooms, "form": form, "assets": assets if len(assets) <= MOST else (),
        "is_too_long": len(assets) > MOST, "seen": set(request.POST.getlist("seen")), "alphabet": ALPHABET,
        "misread": "".join(f"{chr(code)}{sign}" for code, sign in MISREAD.items()),
    }  # fmt: skip
    return render(request, "inventory/count_walk.html", context, status=422 if request.method == "POST" else 200)


@public()
def count_worker(request):
    """The script that keeps the page of a walk for a place without network. It holds nothing of anyone."""
    script = Path(finders.find("inventory/count_worker.js")).read_bytes()
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@signed_in()
def count_sheet(request, school_id):
    """The same list on paper, with empty lines for labels that are not on it."""
    school = writable_school(request, school_id, localdate())
    room = _room_among(rooms_in_use(school), request.GET.get("local"))
    pdf = walks.draw(school=school, room=room, assets=queries.to_meet(school, room), now=now())
    return pdf_file("comptage", pdf)


def _walks(request, school_id, today):
    """(a school in sight, the walks round it, newest first)"""
    school = get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)
    return school, queries.counts_of(rules.counts_visible_to(request.person, today).filter(school=school))


@signed_in()
def count_list(request, school_id):
    """The walks round a school, newest first."""
    today = localdate()
    school, counts = _walks(request, school_id, today)
    context = {
        "school": school, "page": Paginator(counts, BY_PAGE).get_page(request.GET.get("page")),
        "may_write": rules.can_write_assets(request.person, school.city, school, today),
    }  # fmt: skip
    return render(request, "inventory/count_list.html", context)


@signed_in()
def count_export(request, school_id, extension):
    """The same walks, as a table."""
    today = localdate()
    school, counts = _walks(request, school_id, today)
    rows = [
        (
            school.shown_name,
            localdate(each.counted_at),
            f"{localtime(each.counted_at):%H:%M}",
            each.room.name if each.room else "toute l’école",
            each.get_source_display(),
            each.left_count,
        )
        for each in counts
    ]
    return table_file(f"comptages-{school.slug}-{today}", extension, COLUMNS, rows)


@signed_in()
def count_detail(request, count_id):
    """What a walk says, and what a person has still to settle."""
    today = localdate()
    visible = rules.counts_visible_to(request.person, today).select_related("school__city", "room__building")
    session = get_object_or_404(visible, id=count_id)
    context = {
        "session": session, "counted": queries.counted(session),
        "page": Paginator(queries.to_settle(session), BY_PAGE).get_page(request.GET.get("page")),
        "settled": queries.settled(session)[:BY_PAGE],
        "may_write": rules.can_write_assets(request.person, session.school.city, session.school, today),
    }  # fmt: skip
    return render(request, "inventory/count_detail.html", context)


@signed_in("POST")
def count_settlement(request, count_id):
    """« Placer ici », « Noter manquants », « Laisser tel quel »: those that were ticked, each by itself."""
    today = localdate()
    visible = rules.counts_visible_to(request.person, today).select_related("school__city")
    session = get_object_or_404(visible, id=count_id)
    require(rules.can_write_assets(request.person, session.school.city, session.school, today))
    form = forms.SettlementForm(request.POST, observations=queries.unlike(session))
    if not form.is_valid():
        messages.error(request, f"Rien n’est coché{NBSP}: cochez les constats à régler.")
        return redirect("inventory:count_detail", count_id=session.id)
    done = 0
    for observation in form.cleaned_data["observations"]:
        try:
            actions.settle_observation(
                person=request.person, observation=observation, resolution=form.cleaned_data["resolution"], now=now()
            )
            done += 1
        except Conflict as cannot:
            messages.error(request, cannot.reason)
    if done:
        messages.success(request, f"Constats réglés{NBSP}: {done}. L’inventaire en tient compte.")
    return redirect("inventory:count_detail", count_id=session.id)


@signed_in("GET", "POST")
def observation_asset(request, observation_id):
    """« Ajouter à l’inventaire » what bears a label that nobody knew."""
    today = localdate()
    observations = rules.observations_visible_to(request.person, today).filter(outcome=Observation.Outcome.UNKNOWN)
    observation = get_object_or_404(observations.select_related("session__school__city"), id=observation_id)
    session = observation.session
    require(rules.can_write_assets(request.person, session.school.city, session.school, today))
    form = forms.ObservedForm(request.POST or None)
    add = partial(actions.add_observed, person=request.person, observation=observation, now=now())
    if submit(request, form, add):
        messages.success(request, f"{form.cleaned_data['label']} est dans l’inventaire, et ce comptage aussi.")
        return redirect("inventory:count_detail", count_id=session.id)
    return form_page(
        request,
        form,
        title=f"Ajouter le bien étiqueté {observation.shown_tag}",
        button="Ajouter à l’inventaire",
        eyebrow=f"Comptage, {session.school.shown_name}",
        back=reverse("inventory:count_detail", args=[session.pk]),
    )
