"""What one wants to be told by mail."""

from django.urls import path

from preau.notify import views

app_name = "notify"
urlpatterns = [path("mon-compte/courriel-du-soir/", views.evening, name="evening")]
