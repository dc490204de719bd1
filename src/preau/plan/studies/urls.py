"""The addresses of the room."""

from django.urls import path

from preau.plan.studies.views import cohorts, options

app_name = "studies"
urlpatterns = [
    path("plan/options/", options.comparison_list, name="comparison_list"),
    path("plan/options.<table:extension>", options.comparison_export, name="comparison_export"),
    path("plan/options/ajout/", options.comparison_create, name="comparison_create"),
    path("plan/options/<uuid:comparison_id>/", options.comparison_detail, name="comparison_detail"),
    path("plan/options/<uuid:comparison_id>/criteres/", options.criterion_create, name="criterion_create"),
    path("plan/options/<uuid:comparison_id>/propositions/", options.option_create, name="option_create"),
    path("plan/options/criteres/<uuid:criterion_id>/", options.criterion_edit, name="criterion_edit"),
    path("plan/options/propositions/<uuid:option_id>/", options.option_edit, name="option_edit"),
    path("plan/options/<uuid:comparison_id>/notes/", options.marks, name="marks"),
    path("plan/options/<uuid:comparison_id>/notes.<table:extension>", options.mark_export, name="mark_export"),
    path("plan/laboratoires/", cohorts.cohort_list, name="cohort_list"),
    path("plan/laboratoires.<table:extension>", cohorts.cohort_export, name="cohort_export"),
    path("plan/laboratoires/ajout/", cohorts.cohort_create, name="cohort_create"),
    path("plan/laboratoires/<uuid:cohort_id>/", cohorts.cohort_detail, name="cohort_detail"),
    path("plan/laboratoires/<uuid:cohort_id>/bilan/", cohorts.review_edit, name="review_edit"),
    path("plan/laboratoires/<uuid:cohort_id>/signature/", cohorts.review_signature, name="review_signature"),
]
