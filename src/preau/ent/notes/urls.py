"""The addresses of the cahier de liaison. `hours_of(school)` gives the class hours of a school, that a room above
keeps; it is given by who assembles the house."""

from django.urls import path

from preau.ent.notes.views import coupons, files, following, history, languages, reading, sending, verbs, writing


def patterns(hours_of):
    """[(addresses), "notes"] for `include`."""
    known = {"hours_of": hours_of}
    return [
        path("classe/<uuid:classroom_id>/mots/", following.classroom_notes, name="classroom_notes"),
        path("groupe/<uuid:group_id>/mots/", following.group_notes, name="group_notes"),
        path("ecole/<uuid:school_id>/mots/", following.school_notes, name="school_notes"),
        path("classe/<uuid:classroom_id>/mots/nouveau/", writing.classroom_write, known, name="classroom_write"),
        path("groupe/<uuid:group_id>/mots/nouveau/", writing.group_write, known, name="group_write"),
        path("ecole/<uuid:school_id>/mots/nouveau/", writing.school_write, known, name="school_write"),
        path("ville/<uuid:city_id>/mots/traductions/", languages.city_languages, name="city_languages"),
        path("mots/", history.mine, name="mine"),
        path("mots/enfants/<uuid:child_id>/", history.child_history, name="child_history"),
        path("mots/<uuid:note_id>/", reading.note_detail, name="note_detail"),
        path("mots/<uuid:note_id>/reponse/<uuid:child_id>/", reading.answer_create, name="answer_create"),
        path("mots/<uuid:note_id>/vu/", reading.seen_create, name="seen_create"),
        path("mots/<uuid:note_id>/papier/<uuid:child_id>/", reading.paper_create, name="paper_create"),
        path("mots/<uuid:note_id>/coupons/", coupons.coupons_create, name="coupons_create"),
        path("mots/<uuid:note_id>/rappel/", coupons.reminder_create, name="reminder_create"),
        path("mots/coupons/<uuid:expected_id>/", coupons.coupon_return, name="coupon_return"),
        path("mots/<uuid:note_id>/suivi/", following.note_follow, name="note_follow"),
        path("mots/<uuid:note_id>/correction/", verbs.note_edit, name="note_edit"),
        path("mots/<uuid:note_id>/envoi/", sending.sending_create, name="sending_create"),
        path("mots/<uuid:note_id>/envoi/fin/", sending.sending_end, name="sending_end"),
        path("mots/<uuid:note_id>/retrait/", verbs.withdrawal_create, name="withdrawal_create"),
        path("mots/<uuid:note_id>/remise/", verbs.restoration_create, name="restoration_create"),
        path("mots/<uuid:note_id>/fichiers/", files.note_files, name="note_files"),
        path("mots/fichiers/<uuid:file_id>/", files.note_file, name="note_file"),
        path("mots/fichiers/<uuid:file_id>/retrait/", files.file_removal, name="file_removal"),
        path("mots/reponses/<uuid:answer_file_id>/fichier/", files.answer_file, name="answer_file"),
    ], "notes"
