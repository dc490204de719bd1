"""The addresses, and three that fail: what anyone reads then, and what is logged."""

from django.core.exceptions import BadRequest
from django.urls import path

from config import urls
from preau.kit.answers import Refused


def broken(request):
    raise ZeroDivisionError


def misread(request):
    raise BadRequest


def refused(request, code):
    raise Refused("Seule Bernadette Canari signe ce papier.")


urlpatterns = [
    path("casse/", broken),
    path("illisible/", misread),
    path("refus/<str:code>/", refused),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
