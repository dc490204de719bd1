"""Who may do what, and why not: each act of W1 has its authority and its moment."""

from django.utils.timezone import localdate

from preau.kit.answers import No, Yes
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.people.models import Role
from preau.people.queries import holds
from preau.plan.applications.models import CITY_AUTHORITIES, OVER, STAGES, Application, Authority, State, Verdict
from preau.plan.applications.rules.sight import (
    REVIEWS_FOR_STATE,
    authorities_of,
    is_head,
    is_team,
    sections_visible_to,
    writes_on,
)

HEAD_ONLY = "Seule la directrice ou le directeur de l’école dépose, retire ou rouvre sa candidature."
STATE_ONLY = "Seules la DSDEN et la DAN du département font cet acte."
SUPERSEDED = f"L’école a déposé une nouvelle copie{NBSP}: l’avis se donne sur elle, plus sur la précédente."


def can_manage_calls(person, city, today):
    """Calls and forms: the Direction Éducation of the city."""
    if holds(person, Role.CITY_EDUCATION, today=today, place=city):
        return Yes()
    return No("Seule la Direction Éducation de la Ville ouvre les appels et écrit leur formulaire.")


def can_start_application(person, call, school, now):
    """Head or team of an eligible school, while the call is open."""
    if not is_team(person, school, localdate(now)):
        return No("Une candidature se commence par l’équipe de l’école.")
    if not call.is_open(now):
        return No(_closed_sentence(call, now))
    eligible = call.schools.all()
    if eligible.exists() and not eligible.filter(pk=school.pk).exists():
        return No("Cet appel ne s’adresse pas à votre école.")
    if school.city_id != call.city_id:
        return No("Cet appel est celui d’une autre Ville.")
    return Yes()


def _closed_sentence(call, now):
    if now < call.opens_at:
        return f"L’appel n’est pas encore ouvert{NBSP}: il ouvre le {day_text(localdate(call.opens_at))}."
    return f"L’appel est fermé{NBSP}: le dernier jour était le {day_text(call.last_day)}."


def can_edit_application(person, application, now):
    """The team, while the file is in its hands. A draft lives as long as its call."""
    if not is_team(person, application.school, localdate(now)):
        return No("L’école seule écrit sa candidature.")
    if not application.is_editable:
        return No(f"Le dossier est {_state_words(application)}{NBSP}: il ne se modifie plus.")
    if application.state == State.DRAFT and not application.call.is_open(now):
        return No(_closed_sentence(application.call, now))
    return Yes()


def can_take_up(person, application, previous, now):
    """Begin a draft never filed from `previous`, an earlier file of the school, once."""
    answer = can_edit_application(person, application, now)
    if not answer:
        return answer
    if application.taken_from_id:
        return No("Un dossier a déjà été repris.")
    if application.copies_count or previous is None:
        return No("Il n’y a pas de dossier à reprendre ici.")
    return Yes()


def can_submit_application(person, application, now):
    """The head; what lacks is told apart (queries.missing_for_submission)."""
    if not is_head(person, application.school, localdate(now)):
        return No(HEAD_ONLY)
    return can_edit_application(person, application, now)


def can_withdraw_application(person, application, today):
    """The head, until the file is ranked (W1)."""
    if not is_head(person, application.school, today):
        return No(HEAD_ONLY)
    if application.state in (State.RANKED, State.SELECTED, State.WAITING_LIST) or application.state in OVER:
        return No(f"Le dossier est {_state_words(application)}{NBSP}: l’école ne le retire plus.")
    return Yes()


def can_reopen_application(person, application, now):
    """What was withdrawn, by the head while the call is open; what was closed, by the DSDEN or the DAN."""
    today = localdate(now)
    if application.state == State.WITHDRAWN:
        if not is_head(person, application.school, today):
            return No(HEAD_ONLY)
        return Yes() if application.call.is_open(now) else No(_closed_sentence(application.call, now))
    if application.state != State.NO_FOLLOW_UP:
        return No(f"Le dossier est {_state_words(application)}{NBSP}: il n’y a rien à rouvrir.")
    return _is_state_reviewer(person, application, today)


def can_close_application(person, application, today):
    """« Sans suite », with a reason: the DSDEN or the DAN, before the list; never the city (mission §6)."""
    if application.state in (State.DRAFT, State.RANKED, State.SELECTED, State.WAITING_LIST, *OVER):
        return No(f"Le dossier est {_state_words(application)}{NBSP}: il ne se classe pas sans suite.")
    return _is_state_reviewer(person, application, today)


def _is_state_reviewer(person, application, today):
    return Yes() if REVIEWS_FOR_STATE.covers(person, application, today, "school") else No(STATE_ONLY)


def applications_to_send_on_by(person, today):
    """Filed by a school that had no circonscription: the DSDEN or the DAN asks the IEN, once it has one."""
    return Application.objects.filter(REVIEWS_FOR_STATE.where(person, today, "school"), state=State.SUBMITTED)


def can_open_inspector_review(person, application, today):
    """A file that waits in « déposée », its school having no circonscription the day it was filed."""
    if application.state != State.SUBMITTED:
        return No(f"Le dossier est {_state_words(application)}.")
    if application.school.district_id is None:
        return No(f"L’école n’a pas de circonscription dans Préau{NBSP}: l’avis ne peut être demandé à personne.")
    return _is_state_reviewer(person, application, today)


def can_hold_pen(person, opinion, today):
    """Writes for the authority of this opinion. Asked before anything is told of one already given."""
    if opinion.authority in authorities_of(person, opinion.application.school, today):
        return Yes()
    name = f"«{NBSP}{opinion.get_authority_display()}{NBSP}»"
    return No(f"Cet avis est celui de l’autorité {name}{NBSP}: elle seule l’écrit.")


def can_give_opinion(person, opinion, today):
    """Its own authority, on the copy under review, until its day (AC-24)."""
    application = opinion.application
    answer = can_hold_pen(person, opinion, today)
    if not answer:
        return answer
    if opinion.given_at is not None:
        return No(f"Cet avis est déjà rendu, le {day_text(localdate(opinion.given_at))}.")
    if opinion.is_superseded:
        return No(SUPERSEDED)
    if application.state != STAGES[opinion.authority]:
        return No(f"Le dossier est {_state_words(application)}{NBSP}: il n’attend plus cet avis.")
    if opinion.is_late(today):
        return No(
            f"L’avis était attendu au plus tard le {day_text(opinion.due_on)}{NBSP}: il est «{NBSP}non rendu{NBSP}». "
            f"{_who_extends(opinion)} peut donner un nouveau délai."
        )
    return Yes()


def _who_extends(opinion):
    return "La Direction Éducation" if opinion.authority in CITY_AUTHORITIES else "La DSDEN ou la DAN"


def can_extend_opinion(person, opinion, today):
    """A new day: the city for its own services, the DSDEN or the DAN for the State's."""
    application = opinion.application
    if opinion.given_at is not None or application.state != STAGES[opinion.authority]:
        return No("Cet avis n’est plus attendu.")
    if opinion.is_superseded:
        return No(SUPERSEDED)
    if opinion.authority in CITY_AUTHORITIES:
        return can_manage_calls(person, application.school.city, today)
    return _is_state_reviewer(person, application, today)


def can_release_opinion(person, opinion, today):
    """Shown to the school by its own authority; never when confidential."""
    if opinion.authority not in authorities_of(person, opinion.application.school, today):
        return No("Seule l’autorité qui a rendu cet avis le communique à l’école.")
    if opinion.given_at is None:
        return No("Cet avis n’est pas encore rendu.")
    if opinion.is_confidential:
        return No(f"Cet avis est confidentiel{NBSP}: l’école ne le lit pas.")
    return Yes()


def can_lift_reservations(person, opinion, today):
    """By the authority that made them, until the file is over."""
    if opinion.authority not in authorities_of(person, opinion.application.school, today):
        return No("Seule l’autorité qui a émis ces réserves les lève.")
    if opinion.verdict != Verdict.WITH_RESERVATIONS or opinion.lifted_at is not None:
        return No("Cet avis n’a pas de réserves à lever.")
    if opinion.application.state in OVER:
        return No(f"Le dossier est {_state_words(opinion.application)}{NBSP}: les réserves restent écrites.")
    return Yes()


def can_request_changes(person, application, today):
    """The IEN during its review, the DSDEN and the DAN during theirs."""
    authorities = set(authorities_of(person, application.school, today))
    asks = {State.INSPECTOR_REVIEW: {Authority.IEN}, State.STATE_REVIEW: {Authority.DSDEN, Authority.DAN}}
    if application.state not in asks:
        return No(f"Le dossier est {_state_words(application)}{NBSP}: aucune modification ne se demande.")
    if authorities & asks[application.state]:
        return Yes()
    return No("Les modifications se demandent par l’autorité qui examine le dossier.")


def can_write_message(person, application, today):
    """Whoever reads the whole file may answer on it."""
    return Yes() if writes_on(person, application, today) else No("Vous lisez ce dossier sans y écrire.")


def can_read_attachment(person, attachment, today):
    """Whoever reads every section; the pieces are no part of the technical ones."""
    if sections_visible_to(person, attachment.application, today) is None:
        return Yes()
    return No(f"Vous lisez la partie technique de ce dossier{NBSP}: les pièces jointes n’en sont pas.")


def can_write_notes(person, application, authority, today):
    """An authority's own notes."""
    if authority in authorities_of(person, application.school, today):
        return Yes()
    return No("Ces notes sont celles d’un autre service.")


def _state_words(application):
    return f"«{NBSP}{application.get_state_display()}{NBSP}»"
