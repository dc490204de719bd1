"""« Courriels de la démo »: what would have reached people's boxes, for who tries Préau."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localtime

from preau.kit.mail.caught import SHOWN, caught_mails
from preau.kit.outbound.texting import caught_texts
from preau.kit.views import public


@public()
def caught(request):
    """Where nobody is real: a demo without a relay. Elsewhere there is no such page."""
    if not settings.MAIL_CAUGHT:
        raise Http404
    return render(
        request, "notify/caught.html", {"mails": caught_mails(), "texts": caught_texts(SHOWN), "now": localtime()}
    )
