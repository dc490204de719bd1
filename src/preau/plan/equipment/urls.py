"""The addresses of the room."""

from django.urls import path, re_path

from preau.plan.equipment.views import imports, open_data, reading, writing

app_name = "equipment"
urlpatterns = [
    path("plan/", reading.plan_home, name="plan_home"),
    path("plan/ecoles/", reading.school_list, name="school_list"),
    path("plan/ecoles/<uuid:school_id>/", reading.school_detail, name="school_detail"),
    path("plan/ecoles/<uuid:school_id>/reception/", writing.acceptance_create, name="acceptance_create"),
    path("plan/ecoles/<uuid:school_id>/fermeture/", writing.school_closing, name="school_closing"),
    path("plan/ecoles/<uuid:school_id>/reouverture/", writing.school_reopening, name="school_reopening"),
    path("plan/classes/", reading.class_list, name="class_list"),
    path("plan/receptions/<uuid:acceptance_id>/", reading.acceptance_detail, name="acceptance_detail"),
    path("plan/receptions/<uuid:acceptance_id>/retrait/", writing.acceptance_removal, name="acceptance_removal"),
    path("plan/receptions/<uuid:acceptance_id>/annulation/", writing.acceptance_restoral, name="acceptance_restoral"),
    path("plan/equipement-type/", reading.kit_list, name="kit_list"),
    path("plan/equipement-type/<slug:school_kind>/publication/", writing.kit_publication, name="kit_publication"),
    path("plan/chiffres/", reading.fact_list, name="fact_list"),
    path("plan/chiffres/ajout/", writing.fact_create, name="fact_create"),
    path("plan/chiffres/<uuid:fact_id>/retrait/", writing.fact_withdrawal, name="fact_withdrawal"),
    path("plan/importer/", imports.import_new, name="import_new"),
    re_path(r"^plan/importer/modele\.(?P<extension>csv|ods)$", imports.import_template, name="import_template"),
    path("plan/importer/<uuid:draft_id>/", imports.import_preview, name="import_preview"),
    path("plan/importer/<uuid:draft_id>/application/", imports.import_application, name="import_application"),
    path("plan/importer/lots/<uuid:import_id>/annulation/", imports.import_undoing, name="import_undoing"),
    path("donnees/plan.json", open_data.plan_json, name="plan_json"),
    path("donnees/plan.csv", open_data.plan_csv, name="plan_csv"),
]
