"""The addresses of the room. `needs`, the name of the page of what a school needs, is given by who assembles the
house: it is a room above."""

from django.urls import path

from preau.plan.premises.views import facts, reading, rooms


def patterns(needs):
    """[(addresses), "premises"] for `include`."""
    return [
        path("plan/pretes/", reading.readiness_list, name="readiness_list"),
        path("plan/pretes.<table:extension>", reading.readiness_export, name="readiness_export"),
        path("plan/pretes/absences/", rooms.lack_of_schools, name="lack_of_schools"),
        path("plan/ecoles/<uuid:school_id>/locaux/", reading.premises_detail, {"needs": needs}, name="premises_detail"),
        path("plan/ecoles/<uuid:school_id>/locaux.<table:extension>", reading.premises_export, name="premises_export"),
        path("plan/ecoles/<uuid:school_id>/situation/", rooms.school_location, name="school_location"),
        path("plan/ecoles/<uuid:school_id>/batiments/ajout/", rooms.building_create, name="building_create"),
        path("plan/batiments/<uuid:building_id>/", rooms.building_edit, name="building_edit"),
        path("plan/batiments/<uuid:building_id>/locaux/ajout/", rooms.room_create, name="room_create"),
        path("plan/locaux/<uuid:room_id>/", rooms.room_edit, name="room_edit"),
        path("plan/ecoles/<uuid:school_id>/cablage/", rooms.cabling_create, name="cabling_create"),
        path("plan/cablages/<uuid:cabling_id>/retrait/", rooms.cabling_removal, name="cabling_removal"),
        path("plan/ecoles/<uuid:school_id>/absences/", rooms.lack_create, name="lack_create"),
        path("plan/absences/<uuid:lack_id>/retrait/", rooms.lack_removal, name="lack_removal"),
        path("plan/ecoles/<uuid:school_id>/liaisons/ajout/", facts.link_create, name="link_create"),
        path("plan/liaisons/<uuid:internet_link_id>/mesure/", facts.link_measure, name="link_measure"),
        path("plan/liaisons/<uuid:internet_link_id>/fin/", facts.link_end, name="link_end"),
        path("plan/ecoles/<uuid:school_id>/conseil/ajout/", facts.notice_create, name="notice_create"),
        path("plan/conseils/<uuid:notice_id>/retrait/", facts.notice_removal, name="notice_removal"),
        path("plan/ecoles/<uuid:school_id>/accueil/ajout/", facts.inclusion_create, name="inclusion_create"),
        path("plan/accueils/<uuid:inclusion_id>/fin/", facts.inclusion_end, name="inclusion_end"),
    ], "premises"
