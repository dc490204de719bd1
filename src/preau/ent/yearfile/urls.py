"""The addresses of the dossier de rentrée."""

from django.urls import path

from preau.ent.yearfile.views import following, handing, own, sheets

CERTIFICATE = "dossier-de-rentree/attestations/<uuid:certificate_id>/"

app_name = "yearfile"
urlpatterns = [
    path("dossier-de-rentree/", own.mine, name="mine"),
    path("dossier-de-rentree/<uuid:asked_child_id>/", own.child_file, name="child_file"),
    path("dossier-de-rentree/<uuid:asked_child_id>/coordonnees/", own.contacts_check, name="contacts_check"),
    path("dossier-de-rentree/<uuid:asked_child_id>/personnes/", own.pickup_create, name="pickup_create"),
    path("dossier-de-rentree/<uuid:asked_child_id>/personnes/verifiees/", own.pickups_check, name="pickups_check"),
    path("dossier-de-rentree/personnes/<uuid:pickup_id>/retrait/", own.pickup_end, name="pickup_end"),
    path("dossier-de-rentree/<uuid:asked_child_id>/assurance/", own.certificate_create, name="certificate_create"),
    path("dossier-de-rentree/<uuid:asked_child_id>/associations/", own.sharing_create, name="sharing_create"),
    path("dossier-de-rentree/<uuid:asked_child_id>/charte/", own.charter_read, name="charter_read"),
    path(CERTIFICATE, sheets.certificate_file, name="certificate_file"),
    path(
        "dossier-de-rentree/attestations/<uuid:certificate_id>/accord/",
        sheets.certificate_accept,
        name="certificate_accept",
    ),
    path(
        "dossier-de-rentree/attestations/<uuid:certificate_id>/refus/",
        sheets.certificate_refuse,
        name="certificate_refuse",
    ),
    path("dossier-de-rentree/fiches/<uuid:year_file_id>/", sheets.sheet_return, name="sheet_return"),
    path("ecole/<uuid:school_id>/dossiers-de-rentree/", following.school_files, name="school_files"),
    path("ecole/<uuid:school_id>/dossiers-de-rentree/onde/", following.changes, name="changes"),
    path("dossier-de-rentree/onde/<uuid:change_id>/", following.change_report, name="change_report"),
    path("classe/<uuid:classroom_id>/qui-vient-chercher/", handing.classroom_handing, name="classroom_handing"),
    path("classe/<uuid:classroom_id>/dossiers-de-rentree/", following.classroom_files, name="classroom_files"),
    path("classe/<uuid:classroom_id>/dossiers-de-rentree/fiches/", sheets.sheets_create, name="sheets_create"),
]
