"""The first page, and « Aujourd’hui » of the face."""

from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from preau.ent.sites.views import city
from preau.kit.views import public, signed_in
from preau.web.context import Roof


@public()
def home(request):
    """Anyone: the city's home. A signed-in person: their own."""
    if Roof(request).person:
        return redirect("today")
    return city.city_home(request)


@signed_in()
def today(request):
    """« Aujourd’hui », composed for the face shown."""
    return render(request, "web/today.html", {"today": localdate()})
