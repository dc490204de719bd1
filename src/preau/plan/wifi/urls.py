"""The addresses of the room."""

from django.urls import path

from preau.plan.wifi.views import hook, steering, teaching

app_name = "wifi"
urlpatterns = [
    path("plan/wifi/", steering.wifi_home, name="wifi_home"),
    path("plan/wifi.<table:extension>", steering.wifi_export, name="wifi_export"),
    path("plan/wifi/cle/", steering.key_create, name="key_create"),
    path("plan/wifi/cle/retrait/", steering.key_removal, name="key_removal"),
    path("plan/wifi/releves/", hook.point_reports, name="point_reports"),
    path("plan/wifi/seances/<uuid:window_id>/fin/", teaching.window_end, name="window_end"),
    path("plan/ecoles/<uuid:school_id>/wifi/", teaching.school_wifi, name="school_wifi"),
    path("plan/ecoles/<uuid:school_id>/wifi/registre/", teaching.register, name="register"),
    path("plan/ecoles/<uuid:school_id>/wifi/registre.<table:extension>", teaching.register_export,
        name="register_export",
    ),
]  # fmt: skip
