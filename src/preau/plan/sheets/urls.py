"""The addresses of the room."""

from django.urls import path, re_path

from preau.plan.sheets.views import assets, plan

app_name = "sheets"
urlpatterns = [
    path("plan/importer/", plan.import_new, name="import_new"),
    re_path(r"^plan/importer/modele\.(?P<extension>csv|ods)$", plan.import_template, name="import_template"),
    path("plan/importer/ecartees/", plan.import_settling, name="import_settling"),
    path("plan/importer/<uuid:draft_id>/", plan.import_preview, name="import_preview"),
    path("plan/importer/<uuid:draft_id>/colonnes/", plan.import_columns, name="import_columns"),
    path("plan/importer/<uuid:draft_id>/reponses/", plan.import_answers, name="import_answers"),
    path("plan/importer/<uuid:draft_id>/application/", plan.import_application, name="import_application"),
    path("plan/importer/<uuid:draft_id>/retrait/", plan.import_withdrawal, name="import_withdrawal"),
    path("plan/importer/lots/<uuid:import_id>/annulation/", plan.import_undoing, name="import_undoing"),
    path("plan/inventaire/importer/", assets.asset_new, name="asset_new"),
    re_path(
        r"^plan/inventaire/importer/modele\.(?P<extension>csv|ods|xlsx)$", assets.asset_template, name="asset_template"
    ),
    path("plan/inventaire/importer/<uuid:asset_draft_id>/", assets.asset_preview, name="asset_preview"),
    path("plan/inventaire/importer/<uuid:asset_draft_id>/colonnes/", assets.asset_columns, name="asset_columns"),
    path(
        "plan/inventaire/importer/<uuid:asset_draft_id>/application/",
        assets.asset_application,
        name="asset_application",
    ),
    path(
        "plan/inventaire/importer/lots/<uuid:asset_import_id>/annulation/", assets.asset_undoing, name="asset_undoing"
    ),
]
