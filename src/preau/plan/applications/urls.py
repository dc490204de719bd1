"""The addresses of the room. `use_told_of(school)` says how much a school uses the space; it is given by who assembles
the house: the plan reads no ENT."""

from django.urls import path

from preau.plan.applications.views import attachments, calls, files, opinions, questions, reviewing, writing

FILE = "plan/candidatures/<uuid:application_id>/"


CALLS_AND_FORMS = [
    path("plan/appels/", calls.call_list, name="call_list"),
    path("plan/appels.<table:extension>", calls.call_export, name="call_export"),
    path("plan/appels/ouverture/", calls.call_create, name="call_create"),
    path("plan/appels/<uuid:call_id>/", calls.call_detail, name="call_detail"),
    path("plan/appels/<uuid:call_id>/ecoles.<table:extension>", calls.call_school_export, name="call_school_export"),
    path("plan/appels/<uuid:call_id>/changement/", calls.call_edit, name="call_edit"),
    path("plan/appels/<uuid:call_id>/candidature/", writing.application_start, name="application_start"),
    path("plan/formulaires/", questions.form_list, name="form_list"),
    path("plan/formulaires.<table:extension>", questions.form_export, name="form_export"),
    path("plan/formulaires/version/", questions.form_start, name="form_start"),
    path("plan/formulaires/<uuid:form_id>/", questions.form_detail, name="form_detail"),
    path("plan/formulaires/<uuid:form_id>/differences/", questions.form_changes, name="form_changes"),
    path("plan/formulaires/<uuid:form_id>/publication/", questions.form_publication, name="form_publication"),
    path("plan/formulaires/<uuid:form_id>/question/", questions.question_create, name="question_create"),
    path("plan/questions/<uuid:question_id>/", questions.question_edit, name="question_edit"),
    path("plan/questions/<uuid:question_id>/place/", questions.question_move, name="question_move"),
    path("plan/questions/<uuid:question_id>/retrait/", questions.question_retirement, name="question_retirement"),
]


def patterns(use_told_of):
    """[(addresses), "applications"] for `include`."""
    known = {"use_told_of": use_told_of}
    return [
        *CALLS_AND_FORMS,
        path("plan/candidatures/", files.application_list, name="application_list"),
        path("plan/candidatures.<table:extension>", files.application_export, name="application_export"),
        path(FILE, files.application_detail, name="application_detail"),
        path(f"{FILE}dossier/", files.application_copy, known, name="application_copy"),
        path(f"{FILE}dossier.pdf", files.application_pdf, known, name="application_pdf"),
        path(f"{FILE}differences/", files.application_changes, name="application_changes"),
        path(f"{FILE}reprise/", writing.take_up_create, name="take_up_create"),
        path(f"{FILE}rubriques/<slug:section>/", writing.section_edit, known, name="section_edit"),
        path(f"{FILE}pieces/", attachments.attachment_create, name="attachment_create"),
        path("plan/pieces/<uuid:attachment_id>/", attachments.attachment_file, name="attachment_file"),
        path("plan/pieces/<uuid:attachment_id>/retrait/", attachments.attachment_removal, name="attachment_removal"),
        path(f"{FILE}depot/", writing.submission_create, known, name="submission_create"),
        path(f"{FILE}retrait/", writing.withdrawal_create, name="withdrawal_create"),
        path(f"{FILE}reouverture/", writing.reopening_create, name="reopening_create"),
        path(f"{FILE}demande-d-avis/", reviewing.inspection_open, name="inspection_open"),
        path(f"{FILE}modifications/", reviewing.change_request_create, name="change_request_create"),
        path(f"{FILE}sans-suite/", reviewing.closing_create, name="closing_create"),
        path(f"{FILE}messages/", reviewing.message_create, name="message_create"),
        path(f"{FILE}notes/", reviewing.note_list, name="note_list"),
        path("plan/avis/", opinions.opinion_list, name="opinion_list"),
        path("plan/avis.<table:extension>", opinions.opinion_export, name="opinion_export"),
        path("plan/avis/<uuid:opinion_id>/", opinions.opinion_edit, name="opinion_edit"),
        path("plan/avis/<uuid:opinion_id>/communication/", opinions.opinion_release, name="opinion_release"),
        path("plan/avis/<uuid:opinion_id>/levee/", opinions.opinion_lifting, name="opinion_lifting"),
        path("plan/avis/<uuid:opinion_id>/delai/", opinions.opinion_delay, name="opinion_delay"),
    ], "applications"
