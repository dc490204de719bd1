"""`{% piece item as drawn %}`: the HTML of a post that all its readers share (posts.pieces)."""

from django import template

from preau.ent.posts import pieces

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
