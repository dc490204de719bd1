"""Pictures, by a name that says nothing; what guardians answer about their children's image, voice and work."""

from django.urls import path

from preau.media.views import accords, noting, pictures

app_name = "media"
urlpatterns = [
    path("photos/<uuid:picture_id>/", pictures.picture, name="picture"),
    path("photos/<uuid:picture_id>/vignette/", pictures.thumbnail, name="thumbnail"),
    path("accords/", accords.mine, name="accords"),
    path("accords/<uuid:child_id>/", accords.child_accords, name="child_accords"),
    path("accords/<uuid:child_id>/reponse/", accords.answer_create, name="answer_create"),
    path("classe/<uuid:classroom_id>/accords/", noting.classroom_accords, name="classroom_accords"),
    path("eleves/<uuid:pupil_id>/accords/", noting.pupil_accords, name="pupil_accords"),
]
