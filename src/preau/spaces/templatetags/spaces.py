"""`{% object tag.object %}`: what tells a child, as above the coat hooks; `{% child tag %}`: and the name;
`{% initials person %}`: a person beside another, where names are read slowly;
`{% report_address "comment" comment.pk %}`: where a thing is reported;
`{% thing_address report.thing_id %}`: where it was said; `{% seconds_now %}`: when the page was drawn."""

import time
from functools import cache, lru_cache

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from preau.kit.dates import hour_text, weekday_text
from preau.kit.spoken import comma, typed
from preau.kit.templatetags.kit import said, static_address
from preau.spaces.naming import report_address, thing_address

register = template.Library()
register.simple_tag(report_address)
register.simple_tag(thing_address)
INITIALS_COLOURS = 4  # of `data-child` in kit/preau.css
TAG = '<span class="tag" data-child="{}">{} {}</span>'


@register.simple_tag(name="object")
@cache
def drawing(name):
    return format_html(
        '<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round"><use href="{}#{}"/></svg>',
        static_address("spaces/objects.svg"),
        name,
    )


@register.filter
def when_and_where(event):
    """« 9 h 30–11 h, jusqu’au vendredi 4 décembre, Médiathèque »: hours, last day and place, as much as is known."""
    last_on = None if event.is_one_day else event.last_on
    return _when_and_where(get_language(), event.begins_at, event.ends_at, last_on, event.where)


@lru_cache(maxsize=1024)  # an event of a school is on the home of each of its families
def _when_and_where(_, begins_at, ends_at, last_on, where):
    said = ["–".join(hour_text(each) for each in (begins_at, ends_at) if each)]
    if last_on:
        said.append(gettext("jusqu’au %(last)s") % {"last": weekday_text(last_on)})
    said.append(where and typed(where))
    return SafeString(f"{comma()} ".join(map(conditional_escape, filter(None, said))))


@register.simple_tag
def seconds_now():
    """Since 1970, as `{% now "U" %}`, which reads the calendar for it."""
    return int(time.time())


@register.simple_tag
def child(tag):
    """A child's name beside its object, or the words for all one's children: drawn on each line of a family's pages."""
    if not tag.is_said:
        return ""
    language = get_language()
    if language not in tag.drawn:
        name = typed(tag.name) if tag.child_id else said(tag.name)
        tag.drawn[language] = format_html(TAG, tag.colour, drawing(tag.object), name)
    return tag.drawn[language]


@register.simple_tag
def initials(person):
    """Of an adult, in a square whose colour stays theirs; their name is written beside."""
    letters = '<b class="initials" data-child="{}" aria-hidden="true">{}</b>'
    return format_html(letters, person.pk.int % INITIALS_COLOURS, person.initials)


@register.simple_tag
def children_row(tags):
    """Above what concerns them, when it says which ones."""
    said = "".join(child(tag) for tag in tags)
    return SafeString(f'<p class="row">{said}</p>' if said else "")
