"""« Affichage aménagé »: the teacher of the class arranges the pages of one pupil, and sees what the pupil will see."""

from dataclasses import asdict

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.names import of_name
from preau.kit.pages.pupils import NON_READER, READER, Arrangement, Screen, six
from preau.kit.views import first_or_404, signed_in, submit
from preau.people.prepared import one_in
from preau.schools import actions, rules
from preau.schools.forms import DisplayForm
from preau.schools.models import GroupMember
from preau.schools.queries import members_of
from preau.schools.queries.displays import arrangement_of, displays_of, skin_of
from preau.schools.rules.displays import (
    can_arrange_display,
    can_arrange_dispositif,
    dispositifs_arranged_by,
    pupils_arranged_by,
)
from preau.schools.views.loading import form_page

ARRANGED, SEEN = one_in(pupils_arranged_by, "display"), one_in(rules.pupils_visible_to)


@signed_in("GET", "POST")
def display(request, pupil_id):
    """One form; what is saved is seen by the pupil at the next page."""
    pupil = _pupil(request, pupil_id)
    form = DisplayForm(request.POST or None, initial=asdict(arrangement_of(pupil)))

    def arrange(**chosen):
        actions.arrange_display(person=request.person, pupil=pupil, arrangement=Arrangement(**chosen), now=now())

    if submit(request, form, arrange):
        messages.success(request, f"C’est noté{NBSP}: les pages {of_name(pupil.first_name)} seront ainsi.")
        return redirect("schools:display", pupil_id=pupil.pk)
    is_seen = SEEN.rows(request.person, localdate(), pupil.pk)
    back = reverse("schools:pupil", args=[pupil.pk]) if is_seen else _dispositif_of(request, pupil)
    said = {"title": "Affichage aménagé", "eyebrow": pupil.full_name, "button": "Garder"}
    return form_page(request, form, **said, back=back, template="schools/display.html", pupil=pupil)


@signed_in()
def display_preview(request, pupil_id):
    """The pupil's first screen, as it is kept; `?habillage=` shows the other skin. Its pictures lead nowhere."""
    pupil = _pupil(request, pupil_id)
    arranged, asked = arrangement_of(pupil), request.GET.get("habillage")
    enrolment = pupil.enrolments.current(localdate()).order_by("-starts_on", "-id").first()
    skin = asked if asked in (READER, NON_READER) else skin_of(enrolment) if enrolment else READER
    request.screen = Screen(skin, arranged, back_url=reverse("schools:display", args=[pupil.pk]))
    context = {"pupil": pupil, "tiles": arranged.few(six("#contenu"))}
    return render(request, "schools/display_preview.html", context)


@signed_in()
def group_displays(request, group_id):
    """The pupils of a dispositif: what helps each of them."""
    today = localdate()
    visible = dispositifs_arranged_by(request.person, today).select_related("school")
    group = get_object_or_404(visible, pk=group_id)
    require(can_arrange_dispositif(request.person, group, today))
    members = members_of(group, today)
    arranged = displays_of([member.pupil for member in members])
    lines = [(member.pupil, arranged.get(member.pupil_id)) for member in members]
    return render(request, "schools/group_displays.html", {"group": group, "lines": lines})


def _dispositif_of(request, pupil):
    """The way back of who sees this pupil in a dispositif alone."""
    today = localdate()
    groups = dispositifs_arranged_by(request.person, today)
    member = GroupMember.objects.current(today).filter(pupil=pupil, group__in=groups).order_by("id").first()
    return reverse("schools:group_displays", args=[member.group_id])


def _pupil(request, pupil_id):
    today = localdate()
    pupil = first_or_404(ARRANGED.rows(request.person, today, pupil_id))
    prefetch_related_objects([pupil], "enrolments")
    require(can_arrange_display(request.person, pupil, today))
    return pupil
