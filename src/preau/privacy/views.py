"""« Ce que nous gardons »: the public notice, written by the tables themselves."""

from django.shortcuts import render

from preau.kit.views import public
from preau.privacy import queries


@public()
def kept(request):
    """What is kept, why and how long; never a figure of anyone."""
    return render(request, "privacy/kept.html", {"chapters": queries.kept_chapters()})
