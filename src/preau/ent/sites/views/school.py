"""A school's public pages: no cookie, no script, kept until the school publishes."""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localtime, now

from preau.ent.agenda.queries import public_events
from preau.ent.announcements.queries import shown_on_site
from preau.ent.sites.feeds import NewsFeed
from preau.ent.sites.frames import school_frame
from preau.ent.sites.middleware import keep
from preau.ent.sites.openings import break_words, opening_at, week_lines
from preau.ent.sites.queries import banner_of, life_item, life_of
from preau.kit.views import public
from preau.places.queries import calendar_covers, next_breaks
from preau.spaces.queries import Position


def page(request, template, frame, **context):
    """Draws a page in its frame and lets it be kept."""
    response = render(request, template, {"frame": frame, **context})
    return keep(response, frame.place_id, frame.generation)


@public()
def school_home(request, slug):
    """« Aujourd’hui »: is the school open, what is urgent, what is new."""
    frame = school_frame(request, slug, "school_home")
    moment = now()
    today = localtime(moment).date()
    return page(
        request,
        "sites/school_home.html",
        frame,
        now=moment,
        today=today,
        banner=banner_of(frame.school, moment),
        announcements=shown_on_site(frame.school, today),
        opening=opening_at(frame.site, frame.calendar, localtime(moment)),
        life=life_of(frame.school, limit=3).items,
        breaks=next_breaks(frame.calendar, today, 3),
        is_calendar_known=calendar_covers(frame.calendar, today),
    )


@public()
def school_life(request, slug):
    """All that the school published for everyone, newest first."""
    frame = school_frame(request, slug, "school_life")
    life = life_of(frame.school, before=Position.read(request.GET.get("avant", "")))
    return page(
        request,
        "sites/school_life.html",
        frame,
        now=now(),
        life=life.items,
        banner=banner_of(frame.school, now()),
        next_url=f"?avant={life.after}".replace("+", "%2B") if life.after else None,
    )


@public()
def school_life_item(request, slug, publication_id):
    """One thing the school published for everyone."""
    frame = school_frame(request, slug, "school_life")
    item = life_item(frame.school, publication_id)
    if item is None:
        raise Http404
    return page(
        request, "sites/school_life_item.html", frame, item=item, now=now(), banner=banner_of(frame.school, now())
    )


@public()
def school_calendar(request, slug):
    """School holidays, public holidays and where they come from."""
    frame = school_frame(request, slug, "school_calendar")
    today = localtime(now()).date()
    breaks = [(row, break_words(row)) for row in next_breaks(frame.calendar, today, 12)]
    return page(
        request,
        "sites/school_calendar.html",
        frame,
        breaks=breaks,
        sources=dict.fromkeys(row.source for row, _ in breaks),
        is_known=calendar_covers(frame.calendar, today),
        events=public_events(frame.school, today),
        banner=banner_of(frame.school, now()),
    )


@public()
def school_contact(request, slug):
    """« Nous joindre »: what is not known is said « non publié »."""
    frame = school_frame(request, slug, "school_contact")
    hours = week_lines(frame.site) if frame.site and frame.site.has_hours else []
    return page(request, "sites/school_contact.html", frame, hours=hours, banner=banner_of(frame.school, now()))


@public()
def school_enrolment(request, slug):
    """How to enrol a child, in the school's words; 404 until there are some."""
    frame = school_frame(request, slug, "school_enrolment")
    if not (frame.site and frame.site.enrolment_words):
        raise Http404
    return page(request, "sites/school_enrolment.html", frame, banner=banner_of(frame.school, now()))


@public()
def school_news(request, slug):
    """The same news for those who follow with a reader (Atom)."""
    frame = school_frame(request, slug, "school_life")
    return keep(NewsFeed(frame)(request), frame.place_id, frame.generation)
