"""« Pause numérique » of a school and of a city."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.views import form_page, press, signed_in, submit
from preau.notify import actions, forms, queries, rules
from preau.spaces import rules as spaces
from preau.spaces.naming import life_address

LEAD = (
    "Pendant la pause, chacun écrit et lit comme il veut\u00a0: ce qui préviendrait les familles attend, et l’heure du "
    "départ est dite à qui écrit. Seule une urgence passe, avec sa raison."
)
KEPT = "C’est noté\u00a0: ce qui sera publié suivra ces heures."
BACK = "C’est noté\u00a0: les heures de l’école ne sont plus à part."


@signed_in("GET", "POST")
def school_pause(request, school_id):
    """Its own hours, else those of its city."""
    school = get_object_or_404(spaces.schools_visible_to(request.person, localdate()), pk=school_id)
    return _pause(request, school, school.full_name)


@signed_in("GET", "POST")
def city_pause(request, city_id):
    """Those of its schools that have none of their own."""
    city = get_object_or_404(spaces.cities_visible_to(request.person, localdate()), pk=city_id)
    return _pause(request, city, city.name)


@signed_in("POST")
def school_pause_end(request, school_id):
    """Back to the city's hours."""
    school = get_object_or_404(spaces.schools_visible_to(request.person, localdate()), pk=school_id)
    require(rules.can_set_pause(request.person, school, localdate()))
    press(request, lambda: actions.forget_pause(person=request.person, place=school, now=now()), BACK)
    return redirect("notify:school_pause", school.pk)


def _pause(request, place, name):
    require(rules.can_set_pause(request.person, place, localdate()))
    hours, own = queries.hours_in(place), queries.pause_of(place)
    form = forms.PauseForm(
        request.POST if request.method == "POST" else None,
        initial={
            "begins_at": hours.closes_at,
            "ends_at": hours.opens_at,
            "spares_weekends": not hours.on_weekends,
        },
    )

    def write(**given):
        return actions.set_pause(person=request.person, place=place, now=now(), **given)

    if submit(request, form, write):
        messages.success(request, KEPT)
        return redirect(request.path)
    return form_page(
        request,
        form,
        template="notify/pause.html",
        title="Pause numérique",
        eyebrow=name,
        lead=LEAD,
        said=queries.pause_text(hours),
        school=place if own and own.school_id else None,
        button="Garder ces heures",
        back=life_address(place),
    )
