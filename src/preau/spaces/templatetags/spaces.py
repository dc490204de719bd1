"""`{% object tag.object %}`: the object that tells a child, as above the coat hooks."""

from functools import cache

from django import template
from django.utils.html import format_html

from preau.kit.templatetags.kit import static_address

register = template.Library()


@register.simple_tag(name="object")
@cache
def drawing(name):
    return format_html(
        '<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round"><use href="{}#{}"/></svg>',
        static_address("spaces/objects.svg"),
        name,
    )
