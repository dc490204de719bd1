"""« Réseaux d’écoles » of a city: schools brought together, that the city writes to at once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.portal import actions, rules
from preau.ent.portal.forms import NetworkForm
from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import form_page, signed_in, submit
from preau.places.queries import open_schools

LATER = "Ce qui a déjà été publié ici se lit dans les écoles que le réseau a maintenant."


@signed_in()
def city_networks(request, city_id):
    """Each with its schools, and how many are in none."""
    city, today = _city(request, city_id), localdate()
    schools = list(open_schools([city], today))
    networks = rules.networks_kept_by(request.person, today).filter(city=city).order_by("sort_key", "id")
    lines = [(network, [one for one in schools if one.network_id == network.pk]) for network in networks]
    tabs = tabs_of("city", city, person=request.person, today=today, path=request.path)
    context = {"city": city, "lines": lines, "alone_count": sum(one.network_id is None for one in schools)}
    return render(request, "portal/city_networks.html", context | {"tabs": tabs})


@signed_in("GET", "POST")
def network_create(request, city_id):
    """A name, and the schools to tick."""
    city = _city(request, city_id)
    form = NetworkForm(request.POST or None, schools=open_schools([city], localdate()))
    write = {"person": request.person, "city": city, "now": now()}
    if network := submit(request, form, lambda **said: actions.add_network(**write, **said)):
        return _done(request, network)
    return form_page(request, form, title="Un réseau de plus", button="Réunir ces écoles", back=_back(city.pk))


@signed_in("GET", "POST")
def network_edit(request, network_id):
    """Its name and its schools."""
    visible = rules.networks_kept_by(request.person, localdate()).select_related("city")
    network = get_object_or_404(visible, pk=network_id)
    require(rules.can_keep_networks(request.person, network.city, localdate()))
    initial = {"name": network.name, "schools": list(network.schools.values_list("pk", flat=True))}
    form = NetworkForm(request.POST or None, schools=open_schools([network.city], localdate()), initial=initial)
    write = {"person": request.person, "network": network, "now": now()}
    if changed := submit(request, form, lambda **said: actions.change_network(**write, **said)):
        return _done(request, changed)
    back = _back(network.city_id)
    return form_page(request, form, title=network.name, button="Enregistrer", back=back, lead=LATER)


def _city(request, city_id):
    city = get_object_or_404(rules.cities_kept_by(request.person, localdate()), pk=city_id)
    require(rules.can_keep_networks(request.person, city, localdate()))
    return city


def _done(request, network):
    messages.success(
        request, f"C’est enregistré{NBSP}: «{NBSP}{network}{NBSP}». Vous pouvez écrire à toutes ses écoles."
    )
    return redirect("portal:city_networks", city_id=network.city_id)


def _back(city_id):
    return reverse("portal:city_networks", args=[city_id])
