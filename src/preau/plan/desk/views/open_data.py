"""« /donnees/plan.json » and « .csv »: the same figures for anyone, kept by caches, never older than a write."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from preau.kit.files import has_already
from preau.kit.tables import write_csv
from preau.kit.views import public
from preau.places.models import City
from preau.places.queries import cities_of_host
from preau.plan.desk import queries
from preau.plan.equipment.queries import marked

HEADER = (
    "ville", "chiffre", "valeur", "unité", "date", "source", "qualité", "partie", "UAI", "valeur de la partie",
    "date de la partie",
)  # fmt: skip
LICENCE = "Licence Ouverte 2.0 (Etalab)"


@public()
def plan_json(request):
    """Every figure of the cities this host name serves, or of `?ville=` among them."""
    return _answer(request, _json, "json")


@public()
def plan_csv(request):
    """One line per part, the figure repeated on each; a figure without parts has one line."""
    return _answer(request, _csv, "csv")


def _answer(request, build, kind):
    """304 while nothing was written: the tag holds the generation of every city named."""
    today = localdate()
    here = cities_of_host(request.get_host(), settings.DEFAULT_CITY)
    cities = marked(City.objects.filter(pk__in=[city.pk for city in here])).order_by("name", "id")
    if request.GET.get("ville"):
        cities = [get_object_or_404(cities, slug=request.GET["ville"])]
    cities = list(cities)
    if not cities:
        raise Http404
    etag = f'"{queries.open_data_key(cities, today)}-{kind}"'
    if has_already(request, etag):
        response = HttpResponseNotModified()
    else:
        response = build(cities, today)
    response.headers["ETag"] = etag
    # Kept by anyone, asked again before each use: a write shows at once, otherwise the answer is an empty 304.
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _json(cities, today):
    figures = [figure.as_json() for city in cities for figure in queries.open_figures(city, today)]
    return JsonResponse(
        {"licence": LICENCE, "figures": figures}, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False}
    )


def _csv(cities, today):
    rows = []  # for machines: days and numbers as the JSON writes them
    for city in cities:
        for figure in queries.open_figures(city, today):
            head = (
                figure.city, figure.figure, figure.value, figure.unit, str(figure.date), figure.source,
                figure.quality,
            )  # fmt: skip
            parts = [(p.name, p.uai, p.value, str(p.date or "")) for p in figure.parts]
            rows += [(*head, *part) for part in parts or [("", "", "", "")]]
    return HttpResponse(
        write_csv(HEADER, rows, decimal_mark="."),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="plan.csv"'},
    )
