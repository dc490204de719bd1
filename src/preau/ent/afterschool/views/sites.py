"""The sites of a city, and the team of a site."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.afterschool import actions, forms, queries, rules
from preau.kit.answers import require
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import form_page, signed_in, submit
from preau.people import actions as people
from preau.people.naming import LastDayForm, answered, namesakes_page
from preau.people.queries import end_told
from preau.people.queries.base import namesakes_among
from preau.people.sheets import sheet_of
from preau.places.models import School


@signed_in()
def city_sites(request, city_id):
    """The sites of the city, its files, and the way to bring one."""
    city, today = city_to_keep(request, city_id), localdate()
    files = queries.files_of(rules.files_visible_to(request.person, today), city)[:10]
    context = {"city": city, "sites": queries.sites_of(city, today), "files": files}
    return render(request, "afterschool/city_sites.html", context)


@signed_in("GET", "POST")
def site_new(request, city_id):
    """A site opens."""
    return _site(request, city_to_keep(request, city_id), None)


@signed_in("GET", "POST")
def site_edit(request, afterschool_id):
    """Its name, its school, its services."""
    sites = rules.sites_visible_to(request.person, localdate()).select_related("city")
    site = get_object_or_404(sites, pk=afterschool_id)
    require(rules.can_keep_sites(request.person, site.city, localdate()))
    return _site(request, site.city, site)


def _site(request, city, site):
    schools = School.objects.filter(city=city, closed_on=None).order_by("sort_key", "pk")
    known = {}
    if site:
        kinds = list(site.activities.values_list("kind", flat=True))
        known = {"name": site.name, "school": site.school_id, "kinds": kinds}
    form = forms.SiteForm(request.POST or None, schools=schools, initial=known)
    back = reverse("afterschool:city_sites", args=[city.pk])
    write = partial(actions.open_site, city=city, site=site, person=request.person, now=now())
    if made := submit(request, form, write):
        said = f"{made.name} est ouvert. Nommez maintenant la personne qui en est responsable."
        messages.success(request, f"{made.name}\u00a0: c’est changé. Les familles le lisent ainsi." if site else said)
        if kept := made.activities.exclude(kind__in=form.cleaned_data["kinds"]):
            names = ", ".join(one.get_kind_display() for one in kept)
            messages.warning(request, f"Toujours ouvert\u00a0: {names}. Des enfants y sont inscrits, ou l’ont été.")
        return redirect("afterschool:team", made.pk)
    title, button = ("Changer le site", "Garder") if site else ("Ouvrir un site", "Ouvrir")
    return form_page(request, form, title=title, button=button, back=back, eyebrow=str(site or city))


@signed_in()
def team(request, afterschool_id):
    """Who serves in the site, and what may be done of it."""
    site, person, today = site_to_keep(request, afterschool_id), request.person, localdate()
    agents = queries.team_of(rules.agents_visible_to(person, today), site)
    withheld = rules.agent_sheets_withheld(person, agents, today)
    may_give = partial(rules.can_give_agent_sheet, person, today=today, withheld=withheld)
    rows = [(agent, rules.can_end_agent(person, agent, today), may_give(agent)) for agent in agents]
    tabs = tabs_of("afterschool", site, person=person, today=today, path=request.path)
    is_city = bool(rules.can_keep_sites(person, site.city, today))
    context = {"site": site, "rows": rows, "today": today, "tabs": [] if is_city else tabs, "is_city": is_city}
    return render(request, "afterschool/team.html", context)


@signed_in("GET", "POST")
def agent_new(request, afterschool_id):
    """Someone of the team gets a first account: the sheet is shown once, to print."""
    site, person, today = site_to_keep(request, afterschool_id), request.person, localdate()
    back = reverse("afterschool:team", args=[site.pk])
    roles = rules.roles_named_by(person, site, today)
    form = forms.AgentForm(request.POST or None, roles=roles, today=today, person=person)
    if request.method == "POST" and form.is_valid():
        known = [] if form.same else namesakes_among(rules.agents_visible_to(person, today), **form.sought())
        same, is_settled = answered(request, form, known)
        if not is_settled:
            return namesakes_page(request, form, known, back=back, back_label="L’équipe")
        mandate, secret = actions.name_agent(site=site, same_as=same, person=person, now=now(), **form.facts())
        if secret:
            return _sheet(request, mandate, secret)
        messages.success(request, f"C’est noté. {mandate.person.full_name} entre avec son compte.")
        return redirect(back)
    lead = "Une fiche de connexion s’affiche ensuite, une seule fois\u00a0: imprimez-la."
    return form_page(
        request, form, title="Ajouter une personne", button="Ouvrir son compte", back=back, lead=lead, eyebrow=site.name
    )


@signed_in("GET", "POST")
def agent_end(request, agent_id):
    """« Fin de fonction »: the last day."""
    agent, today = _agent(request, agent_id), localdate()
    require(rules.can_end_agent(request.person, agent, today))
    form = LastDayForm(request.POST or None, mandate=agent, today=today)

    def end(on):
        people.end_mandates(mandates=[agent], ends_on=on, person=request.person, now=now())

    if submit(request, form, end):
        messages.success(request, end_told(agent.person, form.cleaned_data["on"], today))
        return redirect("afterschool:team", agent.afterschool_id)
    back = reverse("afterschool:team", args=[agent.afterschool_id])
    title = f"{agent.person.full_name} quitte le site"
    return form_page(request, form, title=title, button="Noter le départ", back=back, eyebrow=agent.afterschool.name)


@signed_in("POST")
def agent_sheet(request, agent_id):
    """A new connection sheet: the former one dies."""
    agent = _agent(request, agent_id)
    require(rules.can_give_agent_sheet(request.person, agent, localdate()))
    secret = people.renew_sheet(holder=agent.person, person=request.person, now=now())
    return _sheet(request, agent, secret)


def _sheet(request, mandate, secret):
    context = {"sheet": sheet_of(request, mandate.person, secret, mandate), "back_label": "L’équipe"}
    context["back"] = reverse("afterschool:team", args=[mandate.afterschool_id])
    return render(request, "people/sheet.html", context)


def _agent(request, agent_id):
    agents = rules.agents_visible_to(request.person, localdate())
    return get_object_or_404(agents.select_related("person", "afterschool__city"), pk=agent_id)


def city_to_keep(request, city_id):
    """The city, for its Education service."""
    city = get_object_or_404(rules.cities_visible_to(request.person, localdate()), pk=city_id)
    require(rules.can_keep_sites(request.person, city, localdate()))
    return city


def site_to_keep(request, afterschool_id):
    """The site, for who names its team; 404 for who is nobody there, 403 for who only serves."""
    sites = rules.sites_visible_to(request.person, localdate()).select_related("city")
    site = get_object_or_404(sites, pk=afterschool_id)
    require(rules.can_name_team(request.person, site, localdate()))
    return site
