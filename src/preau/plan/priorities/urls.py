"""The addresses of the room."""

from django.urls import path

from preau.plan.priorities.views import kits, lists, programmes, ranking, recommendations, tables

app_name = "priorities"
urlpatterns = [
    path("plan/equipement-type/", kits.kit_list, name="kit_list"),
    path("plan/equipement-type/<uuid:kit_id>/", kits.kit_detail, name="kit_detail"),
    path("plan/preconisations/", recommendations.recommendation_list, name="recommendation_list"),
    path("plan/preconisations.<table:extension>", tables.recommendation_export, name="recommendation_export"),
    path("plan/preconisations/ajout/", recommendations.recommendation_create, name="recommendation_create"),
    path(
        "plan/preconisations/<uuid:recommendation_id>/",
        recommendations.recommendation_detail,
        name="recommendation_detail",
    ),
    path(
        "plan/preconisations/<uuid:recommendation_id>/elements.<table:extension>",
        tables.recommendation_line_export,
        name="recommendation_line_export",
    ),
    path(
        "plan/preconisations/<uuid:recommendation_id>/signature/",
        recommendations.recommendation_signing,
        name="recommendation_signing",
    ),
    path(
        "plan/preconisations/<uuid:recommendation_id>/reponse/",
        recommendations.recommendation_answer,
        name="recommendation_answer",
    ),
    path("plan/listes/", lists.list_list, name="list_list"),
    path("plan/listes.<table:extension>", tables.list_export, name="list_export"),
    path("plan/listes/ouverture/<uuid:call_id>/", lists.list_opening, name="list_opening"),
    path("plan/listes/<uuid:list_id>/", lists.list_detail, name="list_detail"),
    path("plan/listes/<uuid:list_id>/ordre.<table:extension>", tables.rank_export, name="rank_export"),
    path(
        "plan/listes/<uuid:list_id>/changements.<table:extension>", tables.difference_export, name="difference_export"
    ),
    path("plan/listes/<uuid:list_id>/deplacements.<table:extension>", tables.move_export, name="move_export"),
    path("plan/listes/<uuid:list_id>/aide/", lists.list_aid, name="list_aid"),
    path("plan/listes/<uuid:list_id>/aide.<table:extension>", tables.aid_export, name="aid_export"),
    path("plan/listes/<uuid:list_id>/ordre/", ranking.rank_moving, name="rank_moving"),
    path("plan/listes/<uuid:list_id>/ajout/", ranking.entry_create, name="entry_create"),
    path("plan/listes/<uuid:list_id>/retrait/", ranking.entry_removal, name="entry_removal"),
    path("plan/listes/<uuid:list_id>/proposition/", ranking.list_proposal, name="list_proposal"),
    path("plan/listes/<uuid:list_id>/signature/", ranking.list_signing, name="list_signing"),
    path("plan/listes/<uuid:list_id>/retour/", ranking.list_giving_back, name="list_giving_back"),
    path("plan/listes/<uuid:list_id>/copil/", ranking.list_sending, name="list_sending"),
    path("plan/programmes/", programmes.programme_list, name="programme_list"),
    path("plan/programmes.<table:extension>", tables.programme_export, name="programme_export"),
    path("plan/programmes/ouverture/", programmes.programme_create, name="programme_create"),
    path("plan/programmes/<uuid:programme_id>/", programmes.programme_detail, name="programme_detail"),
    path(
        "plan/programmes/<uuid:programme_id>/ecoles.<table:extension>",
        tables.programme_school_export,
        name="programme_school_export",
    ),
    path("plan/programmes/<uuid:programme_id>/ecole/", programmes.school_adding, name="school_adding"),
    path("plan/programmes/<uuid:programme_id>/retrait/", programmes.school_removal, name="school_removal"),
    path(
        "plan/programmes/<uuid:programme_id>/etape/<slug:programme_step>/",
        programmes.programme_step,
        name="programme_step",
    ),
]
