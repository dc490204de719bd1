"""« Ville + École »: the half that a school adds, which leaves when its head signs."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.announcements import actions, queries, rules
from preau.ent.announcements.forms import WordsForm
from preau.kit.answers import require
from preau.kit.views import form_page, signed_in, submit


@signed_in("GET", "POST")
def half_create(request, announcement_id, school_id):
    """The head of one school writes its half."""
    person, today = request.person, localdate()
    asked = rules.joint_visible_to(person, today).select_related(*queries.SHOWN)
    joined_to = get_object_or_404(asked, pk=announcement_id)
    school = next((each for each in rules.headed_by(person, today) if each.pk == school_id), None)
    if school is None:
        raise Http404
    require(rules.can_write_half(person, joined_to, school, today))
    form = WordsForm(request.POST or None, initial=queries.half_begun(joined_to, school))
    by = {"person": person, "joined_to": joined_to, "school": school, "now": now()}
    if half := submit(request, form, lambda **typed: actions.write_half(**by, **typed)):
        return redirect("announcements:sending_create", announcement_id=half.pk)
    return _page(request, form, joined_to, school, reverse("announcements:announcement_detail", args=[joined_to.pk]))


@signed_in("GET", "POST")
def half_edit(request, announcement_id):
    """Written again before it leaves."""
    person, today = request.person, localdate()
    followed = rules.announcements_followed_by(person, today).select_related(*queries.SHOWN, "joined_to")
    half = get_object_or_404(followed, pk=announcement_id, joined_to__isnull=False)
    require(rules.can_change(person, half, today))
    form = WordsForm(request.POST or None, initial={"title": half.title, "text": half.text})
    by = {"person": person, "announcement": half, "now": now()}
    if submit(request, form, lambda **typed: actions.correct_half(**by, **typed)):
        return redirect("announcements:sending_create", announcement_id=half.pk)
    back = reverse("announcements:announcement_detail", args=[half.pk])
    return _page(request, form, half.joined_to, half.publication.place, back)


def _page(request, form, joined_to, school, back):
    return form_page(
        request,
        form,
        template="announcements/half.html",
        title="La moitié de l’école",
        eyebrow=school.full_name,
        lead="Ce que fait l’école, de son côté. Aucun nom de personne, ni qui est en grève.",
        button="Relire avant d’envoyer",
        back=back,
        joined_to=joined_to,
    )
