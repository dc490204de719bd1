"""The page that a pupil's card opens on a telephone."""

from django.shortcuts import render

from preau.kit.views import public


@public()
def card(request):
    """The secret is in the fragment of the address, which no browser sends (trust.md P9)."""
    return render(request, "people/card.html")
