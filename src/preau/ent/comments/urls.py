"""Comments of a post, and those that a class team reads over."""

from django.urls import path

from preau.ent.comments import views

app_name = "comments"
urlpatterns = [
    path("commentaires/", views.to_read, name="to_read"),
    path("commentaires/sur/<uuid:discussed_id>/", views.discussion, name="discussion"),
    path("commentaires/sur/<uuid:discussed_id>/ouverture/", views.opening_create, name="opening_create"),
    path("commentaires/sur/<uuid:discussed_id>/fermeture/", views.closing_create, name="closing_create"),
    path("commentaires/<uuid:comment_id>/decision/", views.decision_create, name="decision_create"),
    path("commentaires/<uuid:comment_id>/retrait/", views.withdrawal_create, name="withdrawal_create"),
]
