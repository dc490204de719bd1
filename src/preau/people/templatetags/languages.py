"""The languages a family's page may be read in."""

from functools import cache

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from preau.people.languages import WRITTEN

register = template.Library()


@register.simple_tag(takes_context=True)
def language_at_hand(context):
    """(code, name) of the one button at the top: French where the page is not, else the browser's own language."""
    if get_language() in WRITTEN:
        return "", "Français"
    asked = context["request"].META.get("HTTP_ACCEPT_LANGUAGE", "")
    for wanted, _ in parse_accept_lang_header(asked):
        try:
            code = get_supported_language_variant(wanted)
        except LookupError:
            continue
        return (code, WRITTEN[code].capitalize()) if code in WRITTEN else None
    return None


@register.simple_tag(takes_context=True)
def languages_at_door(context):
    """(code, name) of those that a page of the door may be read in besides its own; none for who chose once inside."""
    request = context["request"]
    is_door = getattr(request.resolver_match.func, "is_family", False) and not request.person
    here = get_language()
    return [(code, name.capitalize()) for code, name in settings.LANGUAGES if code != here] if is_door else []


@register.simple_tag
def language_buttons():
    """One for each language, French first; that of the page is pressed."""
    return _buttons(get_language())


@cache
def _buttons(here):
    here = here if here in WRITTEN else ""
    buttons = (
        (code, code or "fr", mark_safe(' aria-pressed="true"') if code == here else "", name.capitalize())
        for code, name in ({"": "Français"} | WRITTEN).items()
    )
    button = '<button class="btn btn-plain" name="language" value="{}" lang="{}" dir="auto"{}>{}</button>'
    return format_html_join("\n  ", button, buttons)
