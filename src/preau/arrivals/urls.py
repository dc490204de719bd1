"""The addresses of the room."""

from django.urls import path

from preau.arrivals.views import joining

app_name = "arrivals"
urlpatterns = [
    path("mon-compte/autre-enfant/", joining.other_child, name="other_child"),
]
