"""`{% pupil_sign sign %}`, `{% yard_picture "sun" %}`: the drawings of pupils' signs and of their four pictures;
`{% says_sign sign %}`, `{% says_picture "sun" %}`: what says them when a key leads there."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from preau.kit.spoken.labels import label
from preau.kit.templatetags.kit import says, static_address
from preau.people.models import Picture, PupilSign
from preau.people.queries.cards import CODE_COLOURS

register = template.Library()
SPRITE = "people/yard.svg"


@register.simple_tag
def pupil_sign(sign: PupilSign | None, is_told: bool = False):
    """The drawing in its colour; said in words unless it `is_told` beside."""
    return _drawing(sign.picture, sign.colour, "" if is_told else str(sign)) if sign else ""


@register.simple_tag
def yard_picture(picture: str, is_told: bool = False):
    """A drawing by itself; one of the four pictures is always in the same colour."""
    return _drawing(picture, CODE_COLOURS.get(picture, ""), "" if is_told else Picture(picture).label)


@register.simple_tag
def says_picture(picture: str):
    """Attributes of a button: « un soleil »."""
    return says(f"sign-{picture}")


@register.simple_tag
def says_sign(sign: PupilSign | None):
    """Attributes of a button or a link: « un soleil », then « orange »."""
    if sign is None:
        return ""
    sounds = [static_address(label(key).sound) for key in (f"sign-{sign.picture}", f"colour-{sign.colour}")]
    return format_html('data-key="sign-{}" data-say="{}" data-then="{}" data-words="{}"', sign.picture, *sounds, sign)


def _drawing(picture, colour, words):
    said = format_html('role="img" aria-label="{}"', words) if words else SafeString('aria-hidden="true"')
    drawing = '<svg class="pupil-sign" data-colour="{}" viewBox="0 0 48 48" {}><use href="{}#{}"/></svg>'
    return format_html(drawing, colour, said, static_address(SPRITE), picture)
