"""The addresses, and those that fail: what anyone reads then, and what is logged."""

import sqlite3

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.urls import path

from config import urls
from preau.kit.answers import Conflict, Refused
from preau.kit.bodies import REFUSED
from preau.web.middleware import RefusedBody


def broken(request):
    raise ZeroDivisionError


def misread(request):
    raise BadRequest


def refused(request, code):
    raise Refused("Seule Bernadette Canari signe ce papier.")


def in_conflict(request):
    raise Conflict("Quelqu’un d’autre vient de le faire.")


def away(request):
    """The base goes away while a page is made."""
    raise OperationalError("server closed the connection unexpectedly")


def full(request):
    raise OperationalError("database or disk is full") from sqlite_error(sqlite3.SQLITE_FULL)


def heavy(request):
    request.META[REFUSED] = 413
    return RefusedBody(None)(request)


def sqlite_error(code):
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    return error


urlpatterns = [
    path("absente/", away),
    path("pleine/", full),
    path("conflit/", in_conflict),
    path("lourd/", heavy),
    path("casse/", broken),
    path("illisible/", misread),
    path("refus/<str:code>/", refused),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
