"""Pieces of page: icons, French dates, money."""

from django import template
from django.utils.html import format_html

from preau.kit import dates, money

register = template.Library()


@register.simple_tag
def icon(name):
    """One picture of the sprite; decoration, the word beside it says the same."""
    from django.templatetags.static import static

    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("sprite.svg"), name)


register.filter("day", dates.day_text)
register.filter("weekday", dates.weekday_text)
register.filter("euros", money.euros)
