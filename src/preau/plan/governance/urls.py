"""The addresses of the room. `figures_of(city, overview, today)` gives dossiers what pupils did of the equipment; who
assembles the house gives it: the plan reads no ENT."""

from django.urls import path

from preau.plan.governance.views import decisions, dossiers, invitations, minutes, reading, seats, sessions

SESSION = "plan/comites/seances/<uuid:session_id>/"
CONVENED = "plan/comites/seances/<uuid:convened_id>/convocations/"
DECISION = "plan/comites/decisions/<uuid:committee_decision_id>/"


def patterns(figures_of):
    """[(addresses), "governance"] for `include`."""
    given = {"figures_of": figures_of}
    return [path(f"{SESSION}dossier/", sessions.session_freezing, given, name="session_freezing"), *OWN], "governance"


OWN = [
    path("plan/comites/", reading.committee_home, name="committee_home"),
    path("plan/comites/installation/", seats.committee_opening, name="committee_opening"),
    path("plan/comites/<uuid:committee_id>/sieges/", seats.seat_list, name="seat_list"),
    path("plan/comites/<uuid:committee_id>/sieges.<table:extension>", seats.seat_export, name="seat_export"),
    path("plan/comites/sieges/<uuid:seat_id>/fin/", seats.seat_end, name="seat_end"),
    path("plan/comites/<uuid:committee_id>/seances/", reading.session_list, name="session_list"),
    path("plan/comites/<uuid:committee_id>/seances.<table:extension>", reading.session_export, name="session_export"),
    path("plan/comites/<uuid:committee_id>/seances/ajout/", sessions.session_create, name="session_create"),
    path(SESSION, reading.session_detail, name="session_detail"),
    path(f"{SESSION}date/", sessions.session_edit, name="session_edit"),
    path(f"{SESSION}convocation/", sessions.session_convening, name="session_convening"),
    path(CONVENED, invitations.invitation_list, name="invitation_list"),
    path(f"{CONVENED}ajout/", invitations.invitation_create, name="invitation_create"),
    path(f"{CONVENED}changement/", invitations.agenda_notice, name="agenda_notice"),
    path(f"{CONVENED}lettres.pdf", invitations.invitation_letters, name="invitation_letters"),
    path(f"{SESSION}annulation/", sessions.session_cancelling, name="session_cancelling"),
    path(f"{SESSION}tenue/", sessions.session_holding, name="session_holding"),
    path(f"{SESSION}points/ajout/", sessions.item_create, name="item_create"),
    path("plan/comites/points/<uuid:item_id>/", sessions.item_edit, name="item_edit"),
    path("plan/comites/points/<uuid:item_id>/rang/", sessions.item_move, name="item_move"),
    path("plan/comites/points/<uuid:item_id>/retrait/", sessions.item_removal, name="item_removal"),
    path(f"{SESSION}emargement/", minutes.attendance, name="attendance"),
    path(f"{SESSION}releve/", minutes.minutes_detail, name="minutes_detail"),
    path(f"{SESSION}releve/ecriture/", minutes.minutes_edit, name="minutes_edit"),
    path(f"{SESSION}releve/approbation/", minutes.minutes_approval, name="minutes_approval"),
    path(f"{SESSION}releve/publication/", minutes.minutes_publication, name="minutes_publication"),
    path(f"{SESSION}remarques/", minutes.comment_create, name="comment_create"),
    path(f"{SESSION}decisions/ajout/", decisions.decision_create, name="decision_create"),
    path("plan/comites/decisions/", reading.decision_list, name="decision_list"),
    path("plan/comites/decisions.<table:extension>", reading.decision_export, name="decision_export"),
    path(DECISION, reading.decision_detail, name="decision_detail"),
    path(f"{DECISION}correction/", decisions.decision_edit, name="decision_edit"),
    path(f"{DECISION}suites/", decisions.follow_up_create, name="follow_up_create"),
    path("plan/comites/suites/", reading.follow_up_list, name="follow_up_list"),
    path("plan/comites/suites.<table:extension>", reading.follow_up_export, name="follow_up_export"),
    path("plan/comites/suites/<uuid:follow_up_id>/", decisions.follow_up_closing, name="follow_up_closing"),
    path("plan/comites/dossiers/", dossiers.dossier_list, name="dossier_list"),
    path("plan/comites/dossiers.<table:extension>", dossiers.dossier_export, name="dossier_export"),
    path("plan/comites/dossiers/verification/", dossiers.verification, name="verification"),
    path("plan/comites/dossiers/<uuid:dossier_id>/", dossiers.dossier_detail, name="dossier_detail"),
    path("plan/comites/dossiers/<uuid:dossier_id>/dossier.pdf", dossiers.dossier_pdf, name="dossier_pdf"),
    path("plan/comites/dossiers/<uuid:dossier_id>/dossier.json", dossiers.dossier_json, name="dossier_json"),
]
