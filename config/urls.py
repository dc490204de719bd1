"""The one table of contents: web assembles the rooms' own tables."""

from django.urls import include, path

urlpatterns = [path("", include("preau.web.urls"))]
handler400 = "preau.web.views.errors.bad_request"
handler403 = "preau.web.views.errors.forbidden"
handler404 = "preau.web.views.errors.not_found"
handler500 = "preau.web.views.errors.server_error"
