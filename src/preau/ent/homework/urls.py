"""The addresses of homework. `has_wednesday(school)` says whether there is class on Wednesday morning, which a room
above keeps; it is given by who assembles the house."""

from django.urls import path

from preau.ent.homework.views import assignments, files, verbs, weeks


def patterns(has_wednesday):
    """[(addresses), "homework"] for `include`."""
    known = {"has_wednesday": has_wednesday}
    return [
        path("lecons/", weeks.mine, name="mine"),
        path("lecons/<uuid:assignment_id>/", assignments.assignment_detail, name="assignment_detail"),
        path("lecons/<uuid:assignment_id>/modification/", assignments.assignment_edit, known, name="assignment_edit"),
        path("lecons/<uuid:assignment_id>/fichiers/", files.assignment_files, name="assignment_files"),
        path("lecons/fichiers/<uuid:assignment_file_id>/", files.assignment_file, name="assignment_file"),
        path("lecons/fichiers/<uuid:assignment_file_id>/retrait/", files.file_removal, name="file_removal"),
        path("lecons/<uuid:assignment_id>/retrait/", verbs.withdrawal_create, name="withdrawal_create"),
        path("lecons/<uuid:assignment_id>/remise/", verbs.restoration_create, name="restoration_create"),
        path("lecons/jours/<uuid:due_day_id>/annulation/", verbs.cancellation_create, name="cancellation_create"),
        path("lecons/jours/<uuid:due_day_id>/maintien/", verbs.keeping_create, name="keeping_create"),
        path("lecons/jours/<uuid:due_day_id>/fait/", verbs.done_create, name="done_create"),
        path("lecons/jours/<uuid:due_day_id>/pas-fait/", verbs.done_remove, name="done_remove"),
        path("classe/<uuid:classroom_id>/lecons/", weeks.classroom_week, known, name="classroom_week"),
        path("classe/<uuid:classroom_id>/lecons/semaine.pdf", weeks.classroom_pdf, known, name="classroom_pdf"),
        path("groupe/<uuid:group_id>/lecons/", weeks.group_week, known, name="group_week"),
    ], "homework"
