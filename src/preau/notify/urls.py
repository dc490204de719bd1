"""What one wants to be told, and when nobody is."""

from django.urls import path

from preau.notify.views import caught, devices, evenings, pauses, phones, texts

app_name = "notify"
urlpatterns = [
    path("mon-compte/courriel-du-soir/", evenings.evening, name="evening"),
    path("mon-compte/notifications/", devices.devices, name="devices"),
    path("mon-compte/notifications/<uuid:device_id>/fin/", devices.device_end, name="device_end"),
    path("mon-compte/telephone/", phones.phone, name="phone"),
    path("mon-compte/telephone/code/", phones.phone_code, name="phone_code"),
    path("mon-compte/telephone/fin/", phones.phone_end, name="phone_end"),
    path("ville/<uuid:city_id>/sms/", texts.city_texts, name="city_texts"),
    path("sms/recu/", texts.text_received, name="text_received"),
    path("courriels-de-la-demo/", caught.caught, name="caught"),
    path("service-worker.js", devices.service_worker, name="service_worker"),
    path("ecole/<uuid:school_id>/pause-numerique/", pauses.school_pause, name="school_pause"),
    path("ecole/<uuid:school_id>/pause-numerique/fin/", pauses.school_pause_end, name="school_pause_end"),
    path("ville/<uuid:city_id>/pause-numerique/", pauses.city_pause, name="city_pause"),
]
