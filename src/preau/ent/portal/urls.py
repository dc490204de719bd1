"""The way into each space."""

from django.urls import path

from preau.ent.portal import views

app_name = "portal"
urlpatterns = [
    path("classe/<uuid:classroom_id>/", views.classroom_home, name="classroom_home"),
    path("groupe/<uuid:group_id>/", views.group_home, name="group_home"),
    path("ecole/<uuid:school_id>/", views.school_home, name="school_home"),
    path("ville/<uuid:city_id>/", views.city_home, name="city_home"),
]
