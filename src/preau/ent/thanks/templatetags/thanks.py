"""`{% thank publication is_thanked %}`: the button beside each thing of a family's page; nobody reads a count."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_noop

from preau.kit.pages.addresses import address
from preau.kit.templatetags.kit import icon, said

register = template.Library()
FORM = (
    '<form method="post" action="{}" class="no-print" id="merci-{}">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="next" value="{}#merci-{}">'
    "<button {}>{} {}</button></form>"
)
THANKED, THANK = gettext_noop("Merci, c’est dit"), gettext_noop("Merci")
GIVEN = mark_safe('class="btn" aria-pressed="true"')
TO_GIVE = mark_safe('class="btn btn-plain" name="given" value="1" aria-pressed="false"')


@register.simple_tag(takes_context=True)
def thank(context, publication, is_thanked):
    """Whether the reader thanked for it is on the button."""
    pk, page = publication.pk, context["request"].get_full_path()
    state, words = (GIVEN, THANKED) if is_thanked else (TO_GIVE, THANK)
    action = address("thanks:thanks_create", pk)
    return format_html(FORM, action, pk, context["csrf_token"], page, pk, state, icon("heart"), said(words))
