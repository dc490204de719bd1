"""Lines, notices and inclusion, written."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import form_page, signed_in, submit
from preau.plan.premises import actions, forms, rules
from preau.plan.premises.views.reading import visible_school


def form_about(request, school, form, title, button):
    """One form about a school; every one of the room looks the same."""
    return form_page(
        request,
        form,
        title=title,
        button=button,
        eyebrow=f"{school.shown_name}, locaux et liaisons",
        back=reverse("premises:premises_detail", kwargs={"school_id": school.pk}),
    )


def back(school):
    """Where each act of the room leads: the school's page."""
    return redirect("premises:premises_detail", school_id=school.pk)


def noted(request, visible_to, rule, pk):
    """What was noted of a school, to change it or to take it away: 404 out of sight, then `rule` on its school."""
    today = localdate()
    row = get_object_or_404(visible_to(request.person, today).select_related("school__city"), id=pk)
    require(rule(request.person, row.school, today))
    return row


@signed_in("GET", "POST")
def link_create(request, school_id):
    """« Ajouter une liaison »"""
    today = localdate()
    school = visible_school(request, school_id, today)
    require(rules.can_write_premises(request.person, school, today))
    form = forms.LinkForm(request.POST or None, today=today)
    if submit(request, form, partial(actions.add_link, person=request.person, school=school, now=now())):
        messages.success(
            request, f"{school.shown_name}{NBSP}: la liaison est ajoutée. L’état de l’école en tient compte."
        )
        return back(school)
    return form_about(request, school, form, "Ajouter une liaison", "Ajouter cette liaison")


def _link(request, internet_link_id):
    return noted(request, rules.links_visible_to, rules.can_write_premises, internet_link_id)


@signed_in("GET", "POST")
def link_measure(request, internet_link_id):
    """« Noter une mesure »"""
    today = localdate()
    link = _link(request, internet_link_id)
    form = forms.MeasureForm(request.POST or None, today=today)
    if submit(request, form, partial(actions.record_measure, person=request.person, link=link, now=now())):
        messages.success(request, f"{link.school.shown_name}{NBSP}: la mesure est notée. Qui suit l’école la lit.")
        return back(link.school)
    return form_about(request, link.school, form, "Noter une mesure de débit", "Noter cette mesure")


@signed_in("GET", "POST")
def link_end(request, internet_link_id):
    """« Cette liaison s’arrête »"""
    link = _link(request, internet_link_id)
    form = forms.LinkEndForm(request.POST or None, since=link.in_service_on)
    if submit(request, form, partial(actions.end_link, person=request.person, link=link, now=now())):
        messages.success(
            request,
            f"{link.school.shown_name}{NBSP}: la fin de la liaison est notée. L’état de l’école en tient compte.",
        )
        return back(link.school)
    return form_about(request, link.school, form, "Cette liaison s’arrête", "Noter la fin de cette liaison")


@signed_in("GET", "POST")
def notice_create(request, school_id):
    """« Noter une information du conseil d’école »: the head, or the city."""
    today = localdate()
    school = visible_school(request, school_id, today)
    require(rules.can_record_notice(request.person, school, today))
    form = forms.NoticeForm(request.POST or None, today=today)
    if submit(request, form, partial(actions.record_notice, person=request.person, school=school, now=now())):
        messages.success(
            request,
            f"{school.shown_name}{NBSP}: l’information du conseil d’école est notée. Le déploiement en tient compte.",
        )
        return back(school)
    return form_about(request, school, form, "Noter une information du conseil d’école", "Noter cette information")


@signed_in("POST")
def notice_removal(request, notice_id):
    """Noted by mistake."""
    notice = noted(request, rules.notices_visible_to, rules.can_record_notice, notice_id)
    actions.remove_notice(person=request.person, notice=notice, now=now())
    messages.success(
        request,
        f"{notice.school.shown_name}{NBSP}: l’information du conseil d’école est retirée. Elle est de nouveau à noter.",
    )
    return back(notice.school)


@signed_in("GET", "POST")
def inclusion_create(request, school_id):
    """« Noter un accueil »: the kit's extra is due from then on."""
    today = localdate()
    school = visible_school(request, school_id, today)
    require(rules.can_write_premises(request.person, school, today))
    form = forms.InclusionForm(request.POST or None, today=today)
    if submit(request, form, partial(actions.open_inclusion, person=request.person, school=school, now=now())):
        messages.success(
            request, f"{school.shown_name}{NBSP}: l’accueil est noté. Le besoin de l’école en tient compte."
        )
        return back(school)
    return form_about(request, school, form, "Noter un accueil", "Noter cet accueil")


@signed_in("GET", "POST")
def inclusion_end(request, inclusion_id):
    """« Cet accueil s’arrête »"""
    site = noted(request, rules.inclusion_sites_visible_to, rules.can_write_premises, inclusion_id)
    form = forms.InclusionEndForm(request.POST or None, since=site.starts_on)
    if submit(request, form, partial(actions.end_inclusion, person=request.person, site=site, now=now())):
        messages.success(
            request,
            f"{site.school.shown_name}{NBSP}: la fin de l’accueil est notée. Le besoin de l’école en tient compte.",
        )
        return back(site.school)
    return form_about(request, site.school, form, "Cet accueil s’arrête", "Noter la fin de cet accueil")
