"""`{% piece item as drawn %}`: the HTML of a post that all its readers share (posts.pieces). `{% object tag.object %}`:
the object that tells a child, as above the coat hooks."""

from functools import cache

from django import template
from django.utils.html import format_html

from preau.ent.posts import pieces
from preau.kit.templatetags.kit import static_address

register = template.Library()


@register.simple_tag(takes_context=True)
def piece(context, item):
    """Of the page it reads how to show a post (`now`, `links`, `where`, `alone`), and whether tags or acts stand by."""
    said = pieces.shown(
        item,
        context["now"],
        links=context.get("links"),
        where=context.get("where"),
        alone=context.get("alone"),
        tagged=bool(context.get("tags")),
        acts=bool(context.get("allowed")),
    )
    return pieces.piece_of(said)


@register.simple_tag(name="object")
@cache
def drawing(name):
    return format_html(
        '<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round"><use href="{}#{}"/></svg>',
        static_address("posts/objects.svg"),
        name,
    )
