"""The addresses of the room."""

from django.urls import path

from preau.plan.rollouts.views import boards, classes, reading, receptions, writing

app_name = "rollouts"
urlpatterns = [
    path("plan/ecoles/<uuid:school_id>/reception/", classes.acceptance_create, name="acceptance_create"),
    path("plan/receptions/<uuid:acceptance_id>/", classes.acceptance_detail, name="acceptance_detail"),
    path("plan/receptions/<uuid:acceptance_id>/retrait/", classes.acceptance_removal, name="acceptance_removal"),
    path("plan/receptions/<uuid:acceptance_id>/annulation/", classes.acceptance_restoral, name="acceptance_restoral"),
    path("plan/deploiements/", reading.rollout_list, name="rollout_list"),
    path("plan/deploiements/tableau/", boards.rollout_board, name="rollout_board"),
    path("plan/deploiements/calendrier/", boards.rollout_calendar, name="rollout_calendar"),
    path("plan/deploiements/export.<table:extension>", boards.rollout_export, name="rollout_export"),
    path("plan/ecoles/<uuid:receiving_id>/deploiement/", writing.rollout_create, name="rollout_create"),
    path("plan/deploiements/<uuid:rollout_id>/", reading.rollout_detail, name="rollout_detail"),
    path("plan/deploiements/<uuid:rollout_id>/etapes.<table:extension>", reading.step_export, name="step_export"),
    path("plan/deploiements/<uuid:rollout_id>/etapes/<slug:step_kind>/", writing.step_edit, name="step_edit"),
    path("plan/deploiements/<uuid:rollout_id>/mise-en-service/", writing.service_create, name="service_create"),
    path("plan/deploiements/<uuid:rollout_id>/abandon/", writing.rollout_abandonment, name="rollout_abandonment"),
    path("plan/deploiements/<uuid:rollout_id>/visite/", receptions.reception_create, name="reception_create"),
    path("plan/proces-verbaux/", reading.reception_list, name="reception_list"),
    path("plan/proces-verbaux.<table:extension>", reading.reception_export, name="reception_export"),
    path("plan/proces-verbaux/<uuid:reception_id>/", receptions.reception_detail, name="reception_detail"),
    path(
        "plan/proces-verbaux/<uuid:reception_id>/signature/", receptions.reception_signature, name="reception_signature"
    ),
    path("plan/proces-verbaux/<uuid:reception_id>/recepisse/", receptions.reception_receipt, name="reception_receipt"),
    path(
        "plan/proces-verbaux/<uuid:reception_id>/suppression/", receptions.reception_removal, name="reception_removal"
    ),
    path(
        "plan/proces-verbaux/<uuid:reception_id>/retrait/", receptions.reception_withdrawal, name="reception_withdrawal"
    ),
    path(
        "plan/reserves/<uuid:reservation_id>/suppression/", receptions.reservation_removal, name="reservation_removal"
    ),
    path("plan/reserves/<uuid:reservation_id>/levee/", receptions.reservation_lifting, name="reservation_lifting"),
]
