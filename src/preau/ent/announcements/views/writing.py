"""The page of who announces: what was sent, a new one, what is confirmed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.announcements import actions, queries, rules
from preau.ent.announcements.forms import AnnouncementForm, SendingForm
from preau.ent.announcements.models import Readers
from preau.kit.answers import require
from preau.kit.views import first_or_404, form_page, press, signed_in, submit
from preau.notify.queries import carrier_text, warned_text
from preau.people.prepared import one_in
from preau.places.models import City, School

PAGE = 20
FOLLOWED = one_in(rules.announcements_followed_by, *queries.SHOWN)
LEAD = "Relisez\u00a0: une fois partie, une annonce peut se retirer, mais elle aura peut-être été lue."
WRITTEN = "L’annonce est gardée\u00a0: personne ne la lit encore. Relisez-la, puis envoyez-la."
HELD = "Rien n’est encore parti. L’annonce part dans une à deux minutes\u00a0: vous pouvez encore annuler l’envoi."
STOPPED = "L’envoi est annulé\u00a0: personne n’a vu cette annonce. Elle reste ici, telle que vous l’avez écrite."
DISCARDED = "Le brouillon est effacé pour de bon. Il n’était pas parti."
WITHDRAWN = "L’annonce est retirée. Plus personne ne la voit."


@signed_in()
def sent(request, authority_id):
    """All that a service sent or prepares."""
    place = _place(request, authority_id)
    page = Paginator(queries.sent_from(place), PAGE).get_page(request.GET.get("page"))
    return render(request, "announcements/sent.html", {"place": place, "page": page, "now": now()})


@signed_in("GET", "POST")
def announcement_create(request, authority_id):
    return _write(request, _place(request, authority_id))


@signed_in("GET", "POST")
def announcement_edit(request, announcement_id):
    """A draft written again."""
    announcement = _own(request, announcement_id)
    require(rules.can_change(request.person, announcement, localdate()))
    return _write(request, announcement.publication.place, announcement)


@signed_in("GET", "POST")
def announcement_again(request, announcement_id):
    """A new draft of the words of one taken back."""
    taken_up = _own(request, announcement_id)
    require(rules.can_take_up(request.person, taken_up, localdate()))
    return _write(request, taken_up.publication.place, taken_up=taken_up)


@signed_in("POST")
def discard_create(request, announcement_id):
    """Throws a draft away; back to the list it was in, or to itself when it changed meanwhile."""
    person, announcement = request.person, _own(request, announcement_id)
    require(rules.can_discard(person, announcement, localdate()))
    place = announcement.publication.place
    if not press(
        request, lambda: actions.discard_draft(person=person, announcement=announcement, now=now()), DISCARDED
    ):
        return redirect("announcements:announcement_detail", announcement_id=announcement.pk)
    return redirect("announcements:mine") if isinstance(place, School) else redirect("announcements:sent", place.pk)


@signed_in("GET", "POST")
def sending_create(request, announcement_id):
    """Who will receive it, how it will be read, and the number to type."""
    person, announcement, today = request.person, _own(request, announcement_id), localdate()
    require(rules.can_send(person, announcement, today))
    may = rules.can_reach_many(has_shown_factor=request.has_shown_factor())
    here = reverse("announcements:sending_create", args=[announcement.pk])
    if not may:
        return request.ask_factor(may.reason, back=here)
    form = SendingForm(request.POST if request.method == "POST" else None)
    by = {"person": person, "announcement": announcement, "has_shown_factor": request.has_shown_factor()}
    if submit(request, form, lambda **typed: actions.confirm_sending(**by, now=now(), **typed)):
        messages.success(request, HELD)
        return redirect("announcements:announcement_detail", announcement_id=announcement.pk)
    preview = _preview(announcement, today)
    form.ask(preview["told"])
    return form_page(
        request,
        form,
        template="announcements/sending.html",
        title="Relire avant d’envoyer",
        eyebrow=announcement.title,
        lead=LEAD,
        button="Envoyer",
        back=reverse("announcements:announcement_detail", args=[announcement.pk]),
        announcement=announcement,
        **preview,
    )


@signed_in("POST")
def sending_end(request, announcement_id):
    """« Reprendre », within the minute."""
    announcement = _own(request, announcement_id)
    require(rules.can_stop_sending(request.person, announcement, localdate()))
    press(request, lambda: actions.stop_sending(person=request.person, announcement=announcement, now=now()), STOPPED)
    return redirect("announcements:announcement_detail", announcement_id=announcement.pk)


@signed_in("POST")
def withdrawal_create(request, announcement_id):
    """Nobody finds it any more."""
    person, announcement = request.person, _own(request, announcement_id)
    require(rules.can_withdraw(person, announcement, localdate()))
    withdraw = actions.withdraw_announcement
    press(request, lambda: withdraw(person=person, announcement=announcement, now=now()), WITHDRAWN)
    return redirect("announcements:announcement_detail", announcement_id=announcement.pk)


def _write(request, place, announcement=None, taken_up=None):
    person, today, source = request.person, localdate(), announcement or taken_up
    form = AnnouncementForm(
        request.POST or None,
        schools=queries.schools_offered(place, today),
        is_city=isinstance(place, City),
        services=queries.kinds_of_services(place),
        announcement=source,
        ticked=queries.schools_ticked(source, today) if source else (),
    )
    if taken_up:
        form.take_up(today)
    by = {"person": person, "place": place, "announcement": announcement, "now": now()}
    if written := submit(request, form, lambda **typed: actions.write_announcement(**by, **typed)):
        messages.success(request, WRITTEN)
        return redirect("announcements:sending_create", announcement_id=written.pk)
    context = {"form": form, "place": place, "announcement": announcement, "warned": warned_text(place, now())}
    context["taken_up"] = taken_up
    return render(request, "announcements/write.html", context, status=422 if form.errors else 200)


def _preview(announcement, today):
    counts = queries.families_told(announcement, today) if Readers(announcement.readers).has_families else None
    return {
        "told": counts.expected if counts else queries.told_by(announcement, today),
        "counts": counts,
        "carrier": carrier_text(announcement.level),
        "warned": warned_text(announcement.publication.place, now(), announcement.level),
    }


def _place(request, authority_id):
    for place in rules.places_written_from(request.person, localdate()):
        if place.pk == authority_id:
            return place
    raise Http404


def _own(request, announcement_id):
    announcement = first_or_404(FOLLOWED.rows(request.person, localdate(), announcement_id))
    prefetch_related_objects([announcement], "targets")
    return announcement
