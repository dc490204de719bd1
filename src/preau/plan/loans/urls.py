"""The addresses of the room."""

from django.urls import path

from preau.plan.loans.views import answering, asking, carrying, kits, stops

app_name = "loans"
urlpatterns = [
    path("plan/malles/", kits.kit_list, name="kit_list"),
    path("plan/malles.<table:extension>", kits.kit_export, name="kit_export"),
    path("plan/malles/ajout/", kits.kit_create, name="kit_create"),
    path("plan/malles/<uuid:shared_kit_id>/", kits.kit_detail, name="kit_detail"),
    path("plan/malles/<uuid:shared_kit_id>/calendrier.<table:extension>", kits.kit_slot_export, name="kit_slot_export"),
    path("plan/malles/<uuid:shared_kit_id>/contenu/", kits.kit_parts, name="kit_parts"),
    path("plan/malles/<uuid:shared_kit_id>/indisponibilite/", stops.stop_create, name="stop_create"),
    path("plan/malles/indisponibilites/<uuid:unavailability_id>/fin/", stops.stop_ending, name="stop_ending"),
    path("plan/malles/<uuid:shared_kit_id>/retrait/", kits.kit_retirement, name="kit_retirement"),
    path("plan/emprunts/", asking.booking_list, name="booking_list"),
    path("plan/emprunts/demande/", asking.booking_create, name="booking_create"),
    path("plan/emprunts/liste.<table:extension>", asking.booking_export, name="booking_export"),
    path("plan/emprunts/<uuid:booking_id>/", asking.booking_detail, name="booking_detail"),
    path("plan/emprunts/<uuid:booking_id>/annulation/", asking.booking_cancelling, name="booking_cancelling"),
    path("plan/emprunts/<uuid:booking_id>/reponse/", answering.booking_answer, name="booking_answer"),
    path("plan/emprunts/<uuid:booking_id>/preparation/", carrying.booking_preparation, name="booking_preparation"),
    path("plan/emprunts/<uuid:booking_id>/depart/", carrying.booking_departure, name="booking_departure"),
    path("plan/emprunts/<uuid:booking_id>/arrivee/", carrying.booking_arrival, name="booking_arrival"),
    path("plan/emprunts/<uuid:booking_id>/retour/", carrying.booking_return, name="booking_return"),
    path("plan/emprunts/<uuid:booking_id>/controle/", carrying.booking_check, name="booking_check"),
    path("plan/emprunts/<uuid:booking_id>/cloture/", carrying.booking_closing, name="booking_closing"),
    path("plan/emprunts/etats-des-lieux/<uuid:hand_over_id>/photo/", carrying.hand_over_photo, name="hand_over_photo"),
]
