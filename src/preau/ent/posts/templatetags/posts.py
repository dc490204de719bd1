"""`{% post_said item as said %}`: what a feed says of a post, beside the children it is for."""

from django import template
from django.utils.safestring import SafeString

from preau.ent.posts import pieces
from preau.ent.thanks.templatetags.thanks import thank
from preau.spaces.templatetags.spaces import child

register = template.Library()


@register.simple_tag(takes_context=True)
def post_said(context, item):
    """Of the page it reads how to show a post (`now`, `links`, `where`, `alone`), and whether tags or acts stand by.
    What all its readers share is kept (posts.pieces); tags and thanks are this reader's."""
    tags = context.get("tags") or ()
    said = pieces.shown(
        item,
        context["now"],
        links=context.get("links"),
        where=context.get("where"),
        alone=context.get("alone"),
        tagged=bool(tags),
        acts=bool(context.get("allowed")),
    )
    drawn, publication = pieces.piece_of(said), item.publication
    is_thankable = context.get("thanks") and not publication.is_of_city and publication.author_id
    thanks = thank(context, publication, item.is_thanked) if is_thankable else SafeString()
    beside = SafeString("".join(child(tag) for tag in tags))
    return pieces.Piece(beside + drawn.margin, drawn.body + thanks)
