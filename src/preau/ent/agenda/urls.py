"""The agenda of a person, that of each space, an event. `also`: what rooms beside put in the calendar of a person,
which is given by who assembles the house."""

from django.urls import path

from preau.ent.agenda.views import agendas, appointments, councils, events, feeds


def patterns(also):
    """[(addresses), "agenda"] for `include`."""
    return [
        path("agenda/", agendas.mine, name="mine"),
        path("agenda/abonnement/", feeds.feed, name="feed"),
        path("agenda/abonnement/retrait/", feeds.feed_revoke, name="feed_revoke"),
        path("agenda/abonnement/<str:feed_token>.ics", feeds.calendar, {"also": also}, name="calendar"),
        path("classe/<uuid:classroom_id>/agenda/", agendas.classroom_agenda, name="classroom_agenda"),
        path("groupe/<uuid:group_id>/agenda/", agendas.group_agenda, name="group_agenda"),
        path("periscolaire/<uuid:afterschool_id>/agenda/", agendas.afterschool_agenda, name="afterschool_agenda"),
        path("ecole/<uuid:school_id>/agenda/", agendas.school_agenda, name="school_agenda"),
        path("ville/<uuid:city_id>/agenda/", agendas.city_agenda, name="city_agenda"),
        path("classe/<uuid:classroom_id>/agenda/ajout/", events.classroom_event, name="classroom_event"),
        path("groupe/<uuid:group_id>/agenda/ajout/", events.group_event, name="group_event"),
        path("periscolaire/<uuid:afterschool_id>/agenda/ajout/", events.afterschool_event, name="afterschool_event"),
        path("ecole/<uuid:school_id>/agenda/ajout/", events.school_event, name="school_event"),
        path("ville/<uuid:city_id>/agenda/ajout/", events.city_event, name="city_event"),
        path("classe/<uuid:classroom_id>/agenda/rendez-vous/", appointments.round_new, name="round_new"),
        path("agenda/rendez-vous/<uuid:round_id>/", appointments.round_detail, name="round_detail"),
        path(
            "agenda/rendez-vous/<uuid:round_id>/<uuid:child_id>/rendu/",
            appointments.giving_back_create,
            name="giving_back_create",
        ),
        path("agenda/rendez-vous/<uuid:round_id>/famille/", appointments.placing_create, name="placing_create"),
        path("agenda/rendez-vous/<uuid:round_id>/creneaux/", appointments.slots_add, name="slots_add"),
        path("agenda/creneaux/<uuid:slot_id>/retrait/", appointments.slot_remove, name="slot_remove"),
        path("agenda/creneaux/<uuid:slot_id>/annulation/", appointments.appointment_cancel, name="appointment_cancel"),
        path("agenda/conseils/", councils.council_list, name="council_list"),
        path("agenda/conseils/<uuid:council_id>/", councils.council_detail, name="council_detail"),
        path("agenda/conseils/<uuid:council_id>/document.pdf", councils.council_pdf, name="council_pdf"),
        path("agenda/conseils/<uuid:council_id>/proces-verbal/", councils.minutes_edit, name="minutes_edit"),
        path("agenda/conseils/<uuid:council_id>/definitif/", councils.minutes_finish, name="minutes_finish"),
        path("ecole/<uuid:school_id>/agenda/conseil/", councils.council_new, name="council_new"),
        path("agenda/evenements/<uuid:event_id>/", events.event_detail, name="event_detail"),
        path("agenda/evenements/<uuid:event_id>/modification/", events.event_edit, name="event_edit"),
        path("agenda/evenements/<uuid:event_id>/annulation/", events.cancellation_create, name="cancellation_create"),
        path("agenda/evenements/<uuid:event_id>/maintien/", events.keeping_create, name="keeping_create"),
    ], "agenda"
