"""The city's public pages: its home, its schools, what the law asks to say."""

from django.shortcuts import render
from django.utils.timezone import localdate

from preau.ent.sites.forms import SearchForm
from preau.ent.sites.frames import city_frame
from preau.ent.sites.middleware import keep
from preau.ent.sites.queries import grouped, schools_found
from preau.kit.views import public
from preau.places.queries import open_schools


def page(request, template, frame, **context):
    """Draws a page in its frame and lets it be kept."""
    response = render(request, template, {"frame": frame, **context})
    return keep(response, frame.place_id, frame.generation)


@public()
def city_home(request):
    """The first page for anyone: enter, or find one's school."""
    frame = city_frame(request, "home")
    return page(request, "sites/city_home.html", frame, groups=grouped(open_schools(frame.cities, localdate())))


@public()
def school_list(request):
    """Every school, grouped, found by its name."""
    frame = city_frame(request, "schools")
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    schools = schools_found(open_schools(frame.cities, localdate()), words)
    return page(request, "sites/school_list.html", frame, groups=grouped(schools), words=words, count=len(schools))


@public()
def legal(request):
    """« Mentions légales » (LCEN, art. 6)."""
    return page(request, "sites/legal.html", city_frame(request))


@public()
def accessibility(request):
    """The declaration, its sections in the order the RGAA asks."""
    return page(request, "sites/accessibility.html", city_frame(request), today=localdate())


@public()
def site_map(request):
    """Every public page, on one page."""
    frame = city_frame(request)
    return page(request, "sites/site_map.html", frame, groups=grouped(open_schools(frame.cities, localdate())))
