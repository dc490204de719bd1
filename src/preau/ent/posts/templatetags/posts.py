"""`{% post_said item %}`: what a feed says of a post, beside the children it is for, and what its reader may do."""

from django import template
from django.utils.safestring import SafeString

from preau.ent.posts import pieces
from preau.ent.thanks.templatetags.thanks import thank
from preau.kit.pages.once import piece
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
    thanks = thank(context, publication, item.is_thanked) if is_thankable else ""
    beside = "".join(child(tag) for tag in tags)
    return SafeString(
        f'<p class="item-margin">{beside}{drawn.margin}</p>\n'
        f'<div class="item-body">{drawn.body}{thanks}{_of_reader(context, item)}</div>'
    )


def _of_reader(context, item):
    """On its own page what it asks, then what this reader may do."""
    asked, acts = ("spaces/_asked.html",) if context.get("alone") else (), ("posts/_gestures.html",)
    names = (*asked, *acts) if context.get("allowed") else asked
    if not names:
        return ""
    with context.push(post=item.post, publication=item.publication):
        return "".join(piece(name).render(context) for name in names)
