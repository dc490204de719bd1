"""Publishing in each space, and what one does with a post."""

from django.urls import path

from preau.ent.posts.views import files, hiding, life, verbs, videos, writing

app_name = "posts"
urlpatterns = [
    path("classe/<uuid:classroom_id>/publier/", writing.classroom_publish, name="classroom_publish"),
    path("groupe/<uuid:group_id>/publier/", writing.group_publish, name="group_publish"),
    path("ecole/<uuid:school_id>/publier/", writing.school_publish, name="school_publish"),
    path("periscolaire/<uuid:afterschool_id>/publier/", writing.afterschool_publish, name="afterschool_publish"),
    path("reseau/<uuid:network_id>/publier/", writing.network_publish, name="network_publish"),
    path("ville/<uuid:city_id>/publier/", writing.city_publish, name="city_publish"),
    path("publications/<uuid:post_id>/", life.post_detail, name="post_detail"),
    path("publications/photos/<uuid:picture_id>/", life.picture_detail, name="picture_detail"),
    path("publications/<uuid:post_id>/avant/", life.post_history, name="post_history"),
    path("publications/<uuid:post_id>/texte/", writing.post_edit, name="post_edit"),
    path("publications/<uuid:post_id>/depart/", writing.post_schedule, name="post_schedule"),
    path("publications/<uuid:post_id>/depart/annulation/", verbs.schedule_cancel, name="schedule_cancel"),
    path("publications/<uuid:post_id>/mise-en-ligne/", verbs.publication_create, name="publication_create"),
    path("publications/<uuid:post_id>/confirmation/", verbs.confirmation_create, name="confirmation_create"),
    path("publications/<uuid:post_id>/renvoi/", verbs.return_create, name="return_create"),
    path("publications/<uuid:post_id>/retrait/", verbs.withdrawal_create, name="withdrawal_create"),
    path("publications/<uuid:post_id>/remise/", verbs.restoration_create, name="restoration_create"),
    path("publications/<uuid:post_id>/annulation/", verbs.undo_create, name="undo_create"),
    path("publications/<uuid:post_id>/regard/", verbs.declaration_create, name="declaration_create"),
    path("publications/photos/<uuid:picture_id>/cacher/", hiding.picture_hide, name="picture_hide"),
    path("publications/photos/<uuid:picture_id>/enfants/", hiding.picture_children, name="picture_children"),
    path("publications/<uuid:post_id>/fichiers/", files.post_files, name="post_files"),
    path("publications/fichiers/<uuid:post_file_id>/", files.post_file, name="post_file"),
    path("publications/fichiers/<uuid:post_file_id>/retrait/", files.file_removal, name="file_removal"),
    path("publications/<uuid:post_id>/video/", videos.video_edit, name="video_edit"),
    path("publications/<uuid:post_id>/video/retrait/", videos.video_removal, name="video_removal"),
    path("publications/<uuid:post_id>/video/lsf/", videos.video_edit, {"is_in_lsf": True}, name="lsf_edit"),
    path(
        "publications/<uuid:post_id>/video/lsf/retrait/", videos.video_removal, {"is_in_lsf": True}, name="lsf_removal"
    ),
    path("publications/videos/<uuid:video_id>/", videos.post_video, name="post_video"),
    path("publications/videos/<uuid:video_id>/image/", videos.video_poster, name="video_poster"),
    path("publications/<uuid:post_id>/abandon/", verbs.discard_create, name="discard_create"),
]
