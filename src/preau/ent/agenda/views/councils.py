"""Conseils d’école: those one reads, one of them, its convocation, its minutes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.agenda import actions, papers, rules
from preau.ent.agenda.forms import CouncilForm, MinutesForm
from preau.ent.agenda.models import Council
from preau.kit.answers import require
from preau.kit.views import form_page, press, signed_in, submit
from preau.spaces.rules import schools_visible_to

SHOWN = ("school__city", "event__publication__school")
LATEST = 60
CONVENED = "Le conseil d’école est convoqué\u00a0: l’école, l’IEN et la mairie le lisent."
CONVENED_ALONE = (
    "Le conseil d’école est convoqué\u00a0: l’école et la mairie le lisent. Aucune circonscription ne suit encore "
    "cette école\u00a0: dites-le vous-même à l’IEN."
)


@signed_in(is_family=True)
def council_list(request):
    """The latest first."""
    visible = rules.councils_visible_to(request.person, localdate()).select_related(*SHOWN)
    councils = visible.order_by("-event__first_on", "school__sort_key")[:LATEST]
    return render(request, "agenda/council_list.html", {"councils": councils})


@signed_in(is_family=True)
def council_detail(request, council_id):
    """What was convened; the minutes once they are final, their draft to the head alone."""
    council, person, today = _council(request, council_id), request.person, localdate()
    context = {
        "council": council,
        "event": council.event,
        "writes": rules.can_write_minutes(person, council, today),
        "can_change": rules.can_change_event(person, council.event, today),
    }
    return render(request, "agenda/council_detail.html", context)


@signed_in()
def council_pdf(request, council_id):
    """The minutes when they are final, else the convocation."""
    headers = {"Content-Disposition": 'attachment; filename="conseil-ecole.pdf"'}
    return HttpResponse(papers.draw(_council(request, council_id), now()), "application/pdf", headers=headers)


@signed_in("GET", "POST")
def council_new(request, school_id):
    """Eight days before, at least."""
    person, today = request.person, localdate()
    school = get_object_or_404(schools_visible_to(person, today), pk=school_id)
    require(rules.can_convene(person, school, today))
    last = Council.objects.filter(school=school).order_by("-convened_at").first()
    form = CouncilForm(request.POST or None, initial={"members": last.members if last else ""})
    convene = actions.convene_council
    if council := submit(request, form, lambda **said: convene(person=person, school=school, now=now(), **said)):
        messages.success(request, CONVENED if school.district_id else CONVENED_ALONE)
        return redirect("agenda:council_detail", council_id=council.pk)
    back = reverse("agenda:school_agenda", args=[school.pk])
    title = "Convoquer le conseil d’école"
    return form_page(request, form, title=title, eyebrow=str(school), button="Convoquer", back=back)


@signed_in("GET", "POST")
def minutes_edit(request, council_id):
    """A draft."""
    council, person = _council(request, council_id), request.person
    require(rules.can_write_minutes(person, council, localdate()))
    form = MinutesForm(request.POST or None, initial={"minutes": council.minutes, "version": council.version})
    write = actions.write_minutes
    if submit(request, form, lambda **said: write(person=person, council=council, now=now(), **said), council):
        messages.success(request, "Le brouillon est gardé. Vous êtes la seule personne à le lire.")
        return redirect("agenda:council_detail", council_id=council.pk)
    back = reverse("agenda:council_detail", args=[council.pk])
    title, eyebrow = "Procès-verbal du conseil d’école", str(council.school)
    return form_page(request, form, title=title, eyebrow=eyebrow, button="Garder le brouillon", back=back)


@signed_in("POST")
def minutes_finish(request, council_id):
    """Nothing of them changes any more."""
    council, person = _council(request, council_id), request.person
    require(rules.can_write_minutes(person, council, localdate()))
    said = "Le procès-verbal est définitif\u00a0: l’école, l’IEN et la mairie le lisent."
    press(request, lambda: actions.make_minutes_final(person=person, council=council, now=now()), said)
    return redirect("agenda:council_detail", council_id=council.pk)


def _council(request, council_id):
    visible = rules.councils_visible_to(request.person, localdate()).select_related(*SHOWN)
    return get_object_or_404(visible, pk=council_id)
