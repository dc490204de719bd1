"""The head's start of the year, « Rentrée »; a guardian's other child."""

from django.urls import path

from preau.arrivals.views import joining, sheets

app_name = "arrivals"
START = "ecole/<uuid:school_id>/rentree/"
urlpatterns = [
    path("mon-compte/autre-enfant/", joining.other_child, name="other_child"),
    path(f"{START}fiches/", sheets.sheets_new, name="sheets_new"),
    path(f"{START}fiches/pretes/", sheets.sheets_ready, name="sheets_ready"),
    path(f"{START}fiches/<uuid:job_id>/pdf/", sheets.sheets_file, name="sheets_file"),
    path(f"{START}fiches/<uuid:job_id>/suppression/", sheets.sheets_removal, name="sheets_removal"),
]
