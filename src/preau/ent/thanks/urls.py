"""« Merci »."""

from django.urls import path

from preau.ent.thanks import views

app_name = "thanks"
urlpatterns = [path("merci/<uuid:publication_id>/", views.thanks_create, name="thanks_create")]
