"""The addresses of the room. Its pages lead to pages of rooms above: `above` gives the names of their addresses, and
whoever assembles the house gives it."""

from django.urls import path

from preau.plan.equipment.views import reading, schools, tables, writing


def patterns(above):
    """[(addresses), "equipment"] for `include`."""
    given = {"above": above}
    return [
        path("plan/", reading.plan_home, given, name="plan_home"),
        path("plan/ecoles/", reading.school_list, name="school_list"),
        path("plan/ecoles/<uuid:school_id>/", reading.school_detail, given, name="school_detail"),
        path("plan/ecoles/<uuid:school_id>/fermeture/", writing.school_closing, name="school_closing"),
        path("plan/ecoles/<uuid:school_id>/reouverture/", writing.school_reopening, name="school_reopening"),
        path("plan/ecoles/<uuid:nursery_id>/indice/", writing.index_estimate, name="index_estimate"),
        path("plan/ecoles/<uuid:school_id>/connaissance/", schools.school_knowledge, given, name="school_knowledge"),
        path("plan/ecoles/<uuid:school_id>/rentrees/<int:year>/", schools.school_year, name="school_year"),
        path("plan/ecoles/<uuid:school_id>/contact/", schools.school_contact, name="school_contact"),
        path("plan/ecoles/<uuid:school_id>/ouverture/", schools.school_opening, name="school_opening"),
        path("plan/ecoles/rien-recu/", schools.none_received, name="none_received"),
        path("plan/rentrees/<int:year>/", schools.city_year, name="city_year"),
        path("plan/ecoles.<table:extension>", tables.school_export, name="school_export"),
        path("plan/classes/", reading.class_list, given, name="class_list"),
        path("plan/classes.<table:extension>", tables.class_export, name="class_export"),
        path("plan/equipement-type.<table:extension>", tables.kit_export, name="kit_export"),
        path(
            "plan/equipement-type/<slug:school_kind>/publication/",
            writing.kit_publication,
            given,
            name="kit_publication",
        ),
        path("plan/chiffres/", reading.fact_list, name="fact_list"),
        path("plan/chiffres.<table:extension>", tables.fact_export, name="fact_export"),
        path("plan/chiffres/ajout/", writing.fact_create, name="fact_create"),
        path("plan/chiffres/<uuid:fact_id>/retrait/", writing.fact_withdrawal, name="fact_withdrawal"),
    ], "equipment"
