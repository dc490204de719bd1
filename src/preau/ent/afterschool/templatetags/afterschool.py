"""A child at noon and in the evening, in the words of the paper."""

from django import template
from django.utils.safestring import SafeString

from preau.ent.afterschool.printing import counts_of, evening_words, noon_words

register = template.Library()
register.filter("at_noon", noon_words)
register.filter("in_the_evening", evening_words)
register.filter("day_counts", counts_of)

COMES = SafeString('<span class="chip" data-is="ok">vient</span>')
STAYS = SafeString('<span class="chip" data-is="stop">ne vient pas</span>')
ABSENT, CHANGED = (SafeString(f' <span class="quiet">{why}</span>') for why in ("absent de l’école", "changé ce jour"))


@register.filter
def that_day(said):
    """Whether a child comes to a service, and why not as the week says. A site names a hundred."""
    if said.is_usual:
        return COMES if said.comes else "pas ce jour"
    return (COMES if said.comes else STAYS) + (ABSENT if said.is_absent else CHANGED)
