"""`{% object tag.object %}`: what tells a child, as above the coat hooks; `{% child tag %}`: and the name;
`{% report_address "comment" comment.pk %}`: where a thing is reported;
`{% thing_address report.thing_id %}`: where it was said."""

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from preau.kit.spoken import typed
from preau.kit.templatetags.kit import said, static_address
from preau.spaces.naming import report_address, thing_address

register = template.Library()
register.simple_tag(report_address)
register.simple_tag(thing_address)
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
