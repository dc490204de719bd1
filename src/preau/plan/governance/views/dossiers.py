"""Frozen dossiers: read, taken away, checked."""

import hashlib

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.bodies import FILE, of_files
from preau.kit.views import signed_in, table_file
from preau.plan.governance import forms, queries, rules

BY_PAGE = 30
DOSSIERS = ("Comité", "Séance", "Pour", "Figé le", "Pages", "Empreinte des données", "Empreinte du PDF")


@signed_in()
def dossier_list(request):
    """Every dossier in sight, the last first."""
    visible = _visible(request)
    page = Paginator(queries.dossier_lines(visible), BY_PAGE).get_page(request.GET.get("page"))
    return render(request, "governance/dossier_list.html", {"page": page})


@signed_in()
def dossier_export(request, extension):
    """The same dossiers with their digests, to check files by."""
    rows = [
        (
            str(d.session.committee),
            d.session.number,
            d.get_audience_display(),
            localdate(d.frozen_at),
            d.pages_count,
            d.digest,
            d.pdf_digest,
        )
        for d in queries.dossier_lines(_visible(request))
    ]
    return table_file(f"dossiers-{localdate()}", extension, DOSSIERS, rows)


@signed_in()
def dossier_detail(request, dossier_id):
    """What was frozen and when, where the plan was that day; whether the bytes kept still have their digests."""
    dossier = _dossier(request, dossier_id)
    context = {
        "dossier": dossier, "session": dossier.session, "check": queries.check_dossier(dossier),
        "told": queries.told_by(dossier),
    }  # fmt: skip
    return render(request, "governance/dossier_detail.html", context)


@signed_in()
def dossier_pdf(request, dossier_id):
    """The PDF as frozen, byte for byte."""
    dossier = _dossier(request, dossier_id)
    return _bytes(dossier, dossier.pdf, "application/pdf", "pdf")


@signed_in()
def dossier_json(request, dossier_id):
    """The data the PDF was drawn from, byte for byte."""
    dossier = _dossier(request, dossier_id)
    return _bytes(dossier, dossier.data, "application/json", "json")


@signed_in("GET", "POST", takes=of_files(1))
def verification(request):
    """« Ce dossier est-il le bon ? »: a digest typed (`?empreinte=`), or a file that is read and not kept."""
    visible = _visible(request)
    typed = request.GET.get("empreinte", "").strip().lower()[:64]
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed = hashlib.sha256(form.cleaned_data["found"].read(FILE)).hexdigest()
    status = 422 if request.method == "POST" and form.errors else 200
    context = {
        "form": form,
        "typed": typed,
        "from_file": request.method == "POST",
        "found": queries.dossier_with(visible, typed) if typed else None,
    }
    return render(request, "governance/verification.html", context, status=status)


def _visible(request):
    """404 for whoever has no committee to follow."""
    today = localdate()
    if not rules.cities_open_to(request.person, today).exists():
        raise Http404
    return rules.dossiers_visible_to(request.person, today)


def _dossier(request, dossier_id):
    visible = rules.dossiers_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("session__committee__city"), id=dossier_id)


def _bytes(dossier, content, kind, extension):
    session = dossier.session
    name = f"dossier-{session.committee.kind}-{session.number}-{dossier.audience}.{extension}"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(bytes(content), content_type=kind, headers=headers)
