"""The addresses of a school's register."""

from django.urls import path

from preau.schools.views import asks, cards, guardians, insurance, pupils, register, sheets, staff, teams

app_name = "schools"
urlpatterns = [
    path("mon-ecole/<uuid:school_id>/", register.school, name="school"),
    path("mon-ecole/<uuid:school_id>/arrivee/", pupils.arrival, name="arrival"),
    path("mon-ecole/<uuid:school_id>/classe/", teams.classroom_new, name="classroom_new"),
    path("mon-ecole/<uuid:school_id>/groupe/", teams.group_new, name="group_new"),
    path("mon-ecole/<uuid:school_id>/equipe/", staff.team, name="team"),
    path("mon-ecole/<uuid:school_id>/equipe/arrivee/", staff.staff_new, name="staff_new"),
    path("ma-ville/<uuid:city_id>/agents/", staff.city_staff, name="city_staff"),
    path("equipe/<uuid:staff_id>/depart/", staff.staff_leaving, name="staff_leaving"),
    path("equipe/<uuid:staff_id>/depart/annulation/", staff.staff_leaving_taken_back, name="staff_leaving_taken_back"),
    path("liste/<uuid:classroom_id>/", register.classroom, name="classroom"),
    path("liste/<uuid:classroom_id>/attestations/", insurance.insurances, name="insurances"),
    path("liste/<uuid:classroom_id>/attestations/<uuid:pupil_id>/", insurance.insurance_note, name="insurance_note"),
    path("liste/<uuid:classroom_id>/cartes/", cards.cards, name="cards"),
    path("liste/<uuid:classroom_id>/cartes/dessins/", cards.cards_prepare, name="cards_prepare"),
    path("liste/<uuid:classroom_id>/cartes/impression/", cards.cards_print, name="cards_print"),
    path("liste/<uuid:classroom_id>/cartes/images/", cards.pictures_sheet, name="pictures_sheet"),
    path("liste/<uuid:classroom_id>/cartes/<uuid:pupil_id>/refus/", cards.card_refuse, name="card_refuse"),
    path("liste/<uuid:classroom_id>/cartes/<uuid:pupil_id>/images/", cards.pictures_draw, name="pictures_draw"),
    path("liste/<uuid:classroom_id>/cartes/<uuid:pupil_id>/dessin/", cards.sign, name="sign"),
    path("liste/<uuid:classroom_id>/don/", teams.give_class, name="give_class"),
    path("remplacement/<uuid:mandate_id>/fin/", teams.take_back_class, name="take_back_class"),
    path("eleve/<uuid:pupil_id>/", register.pupil, name="pupil"),
    path("eleve/<uuid:pupil_id>/correction/", pupils.pupil_correction, name="pupil_correction"),
    path("eleve/<uuid:pupil_id>/classe/", pupils.change_class, name="change_class"),
    path("eleve/<uuid:pupil_id>/depart/", pupils.leaving, name="leaving"),
    path("eleve/<uuid:pupil_id>/depart/annulation/", pupils.leaving_taken_back, name="leaving_taken_back"),
    path("eleve/<uuid:pupil_id>/responsable/", guardians.guardian_new, name="guardian_new"),
    path("eleve/<uuid:pupil_id>/fiche/", sheets.pupil_sheet, name="pupil_sheet"),
    path("responsable/<uuid:link_id>/fiche/", sheets.guardian_sheet, name="guardian_sheet"),
    path("responsable/<uuid:link_id>/correction/", guardians.guardian_correction, name="guardian_correction"),
    path("responsable/<uuid:link_id>/fin/", guardians.guardian_end, name="guardian_end"),
    path("responsable/<uuid:link_id>/langue/", guardians.reading_language, name="reading_language"),
    path("responsable/<uuid:link_id>/restriction/", guardians.restriction, name="restriction"),
    path("responsable/<uuid:link_id>/restriction/fin/", guardians.restriction_lifted, name="restriction_lifted"),
    path("fiches-demandees/", asks.sheet_asks, name="sheet_asks"),
    path("fiches-demandees/impression/", asks.sheet_asks_print, name="sheet_asks_print"),
    path("fiches-demandees/<uuid:ask_id>/sans-suite/", asks.sheet_ask_drop, name="sheet_ask_drop"),
    path("equipe/<uuid:mandate_id>/fiche/", sheets.team_sheet, name="team_sheet"),
    path("groupe-eleves/<uuid:group_id>/", teams.group, name="group"),
    path("membre/<uuid:member_id>/fin/", teams.member_end, name="member_end"),
]
