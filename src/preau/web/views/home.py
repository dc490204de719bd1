"""The first page: the city's for anyone, « Aujourd’hui » for who is signed in."""

from django.shortcuts import redirect

from preau.ent.sites.views import city
from preau.kit.views import public
from preau.web.context import Roof


@public()
def home(request):
    """Anyone: the city's home. A signed-in person: their own."""
    if Roof(request).person:
        return redirect("today")
    return city.city_home(request)
