"""The addresses of the room: public pages, then those of heads and cities."""

from django.urls import path

from preau.ent.sites.views import city, manage, school

app_name = "sites"
urlpatterns = [
    path("ecoles/", city.school_list, name="school_list"),
    path("ecoles/<slug:slug>/", school.school_home, name="school_home"),
    path("ecoles/<slug:slug>/vie/", school.school_life, name="school_life"),
    path("ecoles/<slug:slug>/vie/<uuid:publication_id>/", school.school_life_item, name="school_life_item"),
    path("ecoles/<slug:slug>/agenda/", school.school_calendar, name="school_calendar"),
    path("ecoles/<slug:slug>/inscrire/", school.school_enrolment, name="school_enrolment"),
    path("ecoles/<slug:slug>/contact/", school.school_contact, name="school_contact"),
    path("ecoles/<slug:slug>/actualites.atom", school.school_news, name="school_news"),
    path("mentions-legales/", city.legal, name="legal"),
    path("accessibilite/", city.accessibility, name="accessibility"),
    path("plan-du-site/", city.site_map, name="map"),
    path("mon-ecole/<uuid:school_id>/site/", manage.school_site, name="manage_school"),
    path("mon-ecole/<uuid:school_id>/site/modification/", manage.school_site_edit, name="manage_school_edit"),
    path("mon-ecole/<uuid:school_id>/site/message-urgent/", manage.banner_show, name="banner_show"),
    path("mon-ecole/<uuid:school_id>/site/message-urgent/retrait/", manage.banner_remove, name="banner_remove"),
    path("ma-ville/<uuid:city_id>/site/", manage.city_site_edit, name="manage_city"),
]
