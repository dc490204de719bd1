"""`{% thank publication is_thanked %}`, `{% thank_at address id is_thanked %}`: the button beside each
thing of a family's page; nobody reads a count."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop

from preau.kit.pages.addresses import address
from preau.kit.templatetags.kit import icon, said

register = template.Library()
THANKED, THANK = gettext_noop("Merci, c’est dit"), gettext_noop("Merci")
GIVEN = 'class="btn" aria-pressed="true"'
TO_GIVE = 'class="btn btn-plain" name="given" value="1" aria-pressed="false"'


@register.simple_tag(takes_context=True)
def thank(context, publication, is_thanked):
    """Whether the reader thanked for it is on the button."""
    return thank_at(context, address("thanks:thanks_create", publication.pk), publication.pk, is_thanked)


@register.simple_tag(takes_context=True)
def thank_at(context, to, pk, is_thanked):
    """The same, for a thing of another room, at its own address."""
    state, words = (GIVEN, THANKED) if is_thanked else (TO_GIVE, THANK)
    return SafeString(
        f'<form method="post" action="{to}" class="no-print" id="merci-{pk}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
        f'<input type="hidden" name="next" value="{context["roof"].here}#merci-{pk}">'
        f"<button {state}>{icon('heart')} {said(words)}</button></form>"
    )
