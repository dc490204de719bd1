"""A head's and a city's own pages: what their public pages say."""

import datetime
from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import get_current_timezone, localdate, now

from preau.ent.sites import actions, rules
from preau.ent.sites.forms import BannerForm, CitySiteForm, SchoolSiteForm
from preau.ent.sites.models import SchoolSite
from preau.ent.sites.queries import banner_of, city_site_of, site_of
from preau.kit.answers import require
from preau.kit.dates import day_text
from preau.kit.views import signed_in, submit
from preau.places.models import School


@signed_in()
def school_site(request, school_id):
    """What the school's public pages say today, and the urgent message."""
    today = localdate()
    school = get_object_or_404(rules.site_schools_visible_to(request.person, today), id=school_id)
    return render(request, "sites/manage_school.html", own_page(request.person, school, today, BannerForm(today=today)))


def own_page(person, school, today, form):
    return {
        "school": school,
        "site": site_of(school),
        "banner": banner_of(school, now()),
        "form": form,
        "may_edit": rules.can_edit_school_site(person, school, today),
    }


@signed_in("POST")
def banner_show(request, school_id):
    """Shows an urgent message until the end of a day."""
    today = localdate()
    school = get_object_or_404(rules.site_schools_visible_to(request.person, today), id=school_id)
    require(rules.can_edit_school_site(request.person, school, today))
    form = BannerForm(request.POST, today=today)
    show = partial(actions.show_banner, person=request.person, school=school, now=now())
    if not submit(request, form, lambda last_day, **words: show(ends_at=_end_of(last_day), **words)):
        context = own_page(request.person, school, today, form)
        return render(request, "sites/manage_school.html", context, status=422)
    until = day_text(form.cleaned_data["last_day"])
    messages.success(request, f"Le message est en tête du site de l’école jusqu’au {until}. Tout le monde le lit.")
    return redirect("sites:manage_school", school_id=school.pk)


def _end_of(day):
    following = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
    return following.replace(tzinfo=get_current_timezone())


@signed_in("POST")
def banner_remove(request, school_id):
    """Takes the urgent message down."""
    today = localdate()
    school = get_object_or_404(rules.site_schools_visible_to(request.person, today), id=school_id)
    require(rules.can_edit_school_site(request.person, school, today))
    removed = actions.remove_banner(person=request.person, school=school, now=now())
    messages.success(
        request,
        "Le message est retiré du site de l’école. Plus personne ne le lit."
        if removed
        else "Il n’y avait plus de message à retirer. Rien n’a changé.",
    )
    return redirect("sites:manage_school", school_id=school.pk)


@signed_in("GET", "POST")
def school_site_edit(request, school_id):
    """Hours, contact, words of the school's public pages."""
    today = localdate()
    school = get_object_or_404(rules.site_schools_visible_to(request.person, today), id=school_id)
    require(rules.can_edit_school_site(request.person, school, today))
    site = site_of(school) or SchoolSite(school=school)
    known = {name: getattr(school if name in School.CONTACT else site, name) for name in SchoolSiteForm.base_fields}
    form = SchoolSiteForm(request.POST or None, initial=known)
    if submit(request, form, partial(actions.edit_school_site, person=request.person, school=school, now=now())):
        messages.success(request, "Le site de l’école dit maintenant ceci. Tout le monde le lit.")
        return redirect("sites:manage_school", school_id=school.pk)
    status = 422 if form.is_bound else 200
    return render(request, "sites/manage_school_edit.html", {"form": form, "school": school}, status=status)


@signed_in("GET", "POST")
def city_site_edit(request, city_id):
    """What the law asks the city to say on its public pages."""
    today = localdate()
    city = get_object_or_404(rules.site_cities_visible_to(request.person, today), id=city_id)
    require(rules.can_edit_city_site(request.person, city, today))
    site = city_site_of(city)
    known = {name: getattr(site, name) for name in CitySiteForm.base_fields}
    form = CitySiteForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.edit_city_site(person=request.person, city=city, now=now(), **form.cleaned_data)
        messages.success(request, "Les mentions sont à jour sur le site de la Ville. Tout le monde les lit.")
        return redirect("sites:manage_city", city_id=city.pk)
    status = 422 if form.is_bound else 200
    return render(request, "sites/manage_city.html", {"form": form, "city": city}, status=status)
