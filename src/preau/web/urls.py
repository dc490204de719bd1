"""Every address of Préau, room by room."""

from django.urls import include, path

from preau.web.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("compte/", include("allauth.account.urls")),
    path("compte/double/", include("allauth.mfa.urls")),
]
