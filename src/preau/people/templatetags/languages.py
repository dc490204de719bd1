"""The languages a family's page may be read in."""

from django import template
from django.conf import settings
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from preau.people.languages import WRITTEN

register = template.Library()


@register.simple_tag(takes_context=True)
def language_at_hand(context):
    """(code, name) of the one button at the top: French where the page is not, else the browser's own language."""
    if get_language() in WRITTEN:
        return "", "Français"
    asked = context["request"].headers.get("Accept-Language", "")
    for wanted, _ in parse_accept_lang_header(asked):
        try:
            code = get_supported_language_variant(wanted)
        except LookupError:
            continue
        return (code, WRITTEN[code]) if code in WRITTEN else None
    return None


@register.simple_tag(takes_context=True)
def languages_at_door(context):
    """(code, name) of those that a page of the door may be read in besides its own; none for who chose once inside."""
    request = context["request"]
    is_door = getattr(request.resolver_match.func, "is_family", False) and not request.person
    here = get_language()
    return [(code, name.capitalize()) for code, name in settings.LANGUAGES if code != here] if is_door else []


@register.simple_tag
def languages():
    """(code, name, whether the page is in it) of each, French first."""
    here = get_language()
    return [("", "Français", here not in WRITTEN), *((code, name, code == here) for code, name in WRITTEN.items())]
