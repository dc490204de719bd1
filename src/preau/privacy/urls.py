"""What is kept; the papers to sign before a school opens to families."""

from django.urls import path

from preau.privacy import views

urlpatterns = [
    path("donnees-personnelles/", views.kept, name="privacy"),
    path("donnees-personnelles/familles/", views.family_notice, name="family_notice"),
    path("donnees-personnelles/familles/montree/", views.family_notice_shown, name="family_notice_shown"),
    path("charte/", views.pupil_charter, name="pupil_charter"),
    path("charte/montree/", views.pupil_charter_shown, name="pupil_charter_shown"),
    path("ouverture/", views.opening_list, name="opening_list"),
    path("ouverture/<uuid:city_id>/", views.opening_city, name="opening_city"),
    path("ouverture/<uuid:city_id>/<slug:paper_kind>/", views.opening_paper, name="opening_paper"),
    path("ouverture/<uuid:city_id>/<slug:paper_kind>/pdf/", views.opening_pdf, name="opening_pdf"),
]
