"""Elected parents: who they are, what they write, and the answer of the head."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.announcements import actions, queries
from preau.ent.announcements.forms import RefusalForm, WordsForm
from preau.ent.announcements.rules import parents as rules
from preau.kit.answers import require
from preau.kit.ids import ids_of
from preau.kit.views import form_page, press, signed_in, submit

ASKED = _(
    "C’est envoyé à la direction de l’école. Elle le transmet aux familles, ou vous dit pourquoi elle ne le fait pas."
)
LEAD = _(
    "La direction de l’école lit ce texte, puis l’envoie aux familles sous votre nom. Vous ne voyez pas leurs adresses."
)
REFUSED = "C’est noté. Les parents élus lisent votre raison dans leurs annonces."


@signed_in()
def elected(request, school_id):
    """Who is elected in a school, and a search among those who answer for its pupils."""
    person, today, school = request.person, localdate(), _headed(request, school_id)
    named = queries.by_name(rules.elected_visible_to(person, today).filter(school=school))
    searched = request.GET.get("nom", "").strip()[:80]
    known = {each.person_id for each in named}
    found = [each for each in queries.guardians_named(school, searched, today) if each.pk not in known]
    context = {"school": school, "elected": named, "searched": searched, "found": found}
    return render(request, "announcements/elected.html", context)


@signed_in("POST")
def elected_create(request, school_id):
    """One of those found."""
    person, today, school = request.person, localdate(), _headed(request, school_id)
    require(rules.can_name_elected(person, school, today))
    parent = get_object_or_404(queries.guardians_in(school, today), pk__in=ids_of([request.POST.get("guardian", "")]))
    said = f"C’est noté\u00a0: {parent.full_name} est parent élu."
    press(request, lambda: actions.name_elected(person=person, school=school, parent=parent, now=now()), said)
    return redirect("announcements:elected", school_id=school.pk)


@signed_in("POST")
def elected_end(request, elected_id):
    """Is not any more."""
    person, today = request.person, localdate()
    one = get_object_or_404(rules.elected_visible_to(person, today).select_related("person"), pk=elected_id)
    require(rules.can_end_elected(person, one, today))
    said = f"C’est noté\u00a0: {one.person.full_name} n’est plus parent élu."
    press(request, lambda: actions.end_elected(person=person, elected=one, now=now()), said)
    return redirect("announcements:elected", school_id=one.school_id)


@signed_in("GET", "POST", is_family=True)
def proposal_create(request, school_id):
    """An elected parent writes to the families of the school, by its head."""
    person, today = request.person, localdate()
    school = get_object_or_404(rules.schools_elected_in(person, today), pk=school_id)
    require(rules.can_propose(person, school, today))
    return _write(request, school)


@signed_in("GET", "POST", is_family=True)
def proposal_edit(request, announcement_id):
    """One that was refused, written again."""
    person, today = request.person, localdate()
    mine = rules.proposals_visible_to(person, today).select_related("publication__school")
    announcement = get_object_or_404(mine, pk=announcement_id)
    require(rules.can_propose_again(person, announcement, today))
    return _write(request, announcement.publication.school, announcement)


@signed_in("GET", "POST")
def refusal_create(request, announcement_id):
    """The head does not send it, and says why."""
    person, today = request.person, localdate()
    waiting = rules.proposals_to_decide(person, today).select_related("publication__school", "proposed_by")
    announcement = get_object_or_404(waiting, pk=announcement_id)
    require(rules.can_refuse(person, announcement, today))
    form = RefusalForm(request.POST or None)
    by = {"person": person, "announcement": announcement, "now": now()}
    if submit(request, form, lambda **typed: actions.refuse_words(**by, **typed)):
        messages.success(request, REFUSED)
        return redirect("announcements:mine")
    return form_page(
        request,
        form,
        template="announcements/half.html",
        title="Ne pas envoyer ce texte",
        eyebrow=announcement.publication.school.full_name,
        lead="Personne d’autre ne l’a lu. Dites pourquoi, en une phrase.",
        button="Refuser ce texte",
        back=reverse("announcements:announcement_detail", args=[announcement.pk]),
        joined_to=announcement,
    )


def _write(request, school, announcement=None):
    initial = {"title": announcement.title, "text": announcement.text} if announcement else None
    form = WordsForm(request.POST or None, initial=initial)
    by = {"person": request.person, "school": school, "announcement": announcement, "now": now()}
    if submit(request, form, lambda **typed: actions.propose_words(**by, **typed)):
        messages.success(request, gettext(ASKED))
        return redirect("announcements:mine")
    return form_page(
        request,
        form,
        title=_("Écrire aux familles, pour les parents élus"),
        eyebrow=school.full_name,
        lead=LEAD,
        button=_("Envoyer à la direction"),
        back=reverse("announcements:mine"),
    )


def _headed(request, school_id):
    return get_object_or_404(rules.schools_with_elected_for(request.person, localdate()), pk=school_id)
