"""Pictures, by a name that says nothing."""

from django.urls import path

from preau.media import views

app_name = "media"
urlpatterns = [
    path("photos/<uuid:picture_id>/", views.picture, name="picture"),
    path("photos/<uuid:picture_id>/vignette/", views.thumbnail, name="thumbnail"),
]
