"""Sheets of labels: for what the list shows, or blank ones to stick on the spot."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.names import of_name
from preau.kit.views import pdf_file, signed_in
from preau.plan.inventory import forms, queries, rules
from preau.plan.inventory.labels import Label, draw
from preau.plan.inventory.models import draw_tag, shown
from preau.plan.inventory.views.reading import wanted_of

MOST = 480  # twenty sheets at once


def _wanted(request):
    """The labels of the list as it is filtered, technicians only."""
    today = localdate()
    _, _, cities, _, assets = wanted_of(request, today)
    city = next((c for c in cities if c.slug == request.GET.get("ville")), cities[0])
    require(rules.can_print_labels(request.person, today))
    return city, queries.with_places(queries.as_one_walks(assets))


@signed_in()
def asset_labels(request):
    """How many labels, and where the sheet begins."""
    city, assets = _wanted(request)
    return _ask(request, assets, forms.LabelsForm())


def _ask(request, assets, form):
    context = {"count": assets.count(), "most": MOST, "form": form}
    return render(request, "inventory/labels.html", context, status=422 if form.errors else 200)


@signed_in()
def asset_labels_pdf(request):
    """The sheets. `?vierges=` asks for so many new labels, whose tags are nobody's until one is typed."""
    city, assets = _wanted(request)
    form = forms.LabelsForm(request.GET)
    if not form.is_valid():
        return _ask(request, assets, form)
    if blanks := form.cleaned_data["vierges"]:
        labels = [_label(request, city, draw_tag(), "") for _ in range(blanks)]
    else:  # its serial number says of seven like computers where each label goes
        labels = [_label(request, a.city, a.tag, f"{a.label}\n{a.serial}".strip()) for a in assets[:MOST]]
    pdf = draw(labels, first=form.cleaned_data["premiere"] or 1, title=f"Étiquettes, {city.name}", now=now())
    return pdf_file("etiquettes", pdf)


def _label(request, city, tag, name):
    address = request.build_absolute_uri(reverse("inventory:asset_by_tag", args=[tag]))
    return Label(f"Ville {of_name(city.name)}" if not city.is_fictitious else city.name, shown(tag), name, address)
