"""The head's start of the year, « Rentrée »; a guardian's other child."""

from django.urls import path

from preau.arrivals.views import columns, importing, joining, resetting, sheets

app_name = "arrivals"
START = "ecole/<uuid:school_id>/rentree/"
urlpatterns = [
    path("mon-compte/autre-enfant/", joining.other_child, name="other_child"),
    path(START, importing.start, name="start"),
    path(f"{START}fichiers/<uuid:upload_id>/", importing.files, name="files"),
    path(f"{START}fichiers/<uuid:upload_id>/<int:file_place>/colonnes/", columns.columns, name="columns"),
    path(f"{START}fichiers/<uuid:upload_id>/reponse/", importing.answer, name="answer"),
    path(
        f"{START}fichiers/<uuid:upload_id>/reponse/<uuid:decision_id>/retrait/", importing.answer_taken_back,
        name="answer_taken_back",
    ),
    path(f"{START}fichiers/<uuid:upload_id>/application/", importing.application, name="application"),
    path(f"{START}fichiers/<uuid:upload_id>/abandon/", importing.removal, name="removal"),
    path(f"{START}lots/<uuid:batch_id>/", importing.batch, name="batch"),
    path(f"{START}lots/<uuid:batch_id>/annulation/", importing.undoing, name="undoing"),
    path("ecole/<uuid:school_id>/mots-de-passe/", resetting.reset, name="reset"),
    path(f"{START}fiches/", sheets.sheets_new, name="sheets_new"),
    path(f"{START}fiches/pretes/", sheets.sheets_ready, name="sheets_ready"),
    path(f"{START}fiches/<uuid:job_id>/pdf/", sheets.sheets_file, name="sheets_file"),
    path(f"{START}fiches/<uuid:job_id>/suppression/", sheets.sheets_removal, name="sheets_removal"),
]  # fmt: skip
