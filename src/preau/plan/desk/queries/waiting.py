"""« Ce qui vous attend »: what the person's titles must do, whatever the room it lies in (plan.md W1 to W10)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateTimeField
from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.people.alike import SentencesFor
from preau.people.queries import current_mandates
from preau.places.models import School
from preau.plan.applications.models import Authority
from preau.plan.desk.queries.gathering import gathered
from preau.plan.desk.queries.sources import SOURCES, KitNews
from preau.plan.governance.models import Committee
from preau.plan.governance.models import State as SessionState
from preau.plan.loans.models import State as BookingState
from preau.plan.loans.models import half_day_of
from preau.plan.priorities.models import ProgrammeState
from preau.plan.rollouts.models import StepKind


@dataclass(frozen=True)
class Act:
    """What is to be done: a sentence, the page where it is done, whether its day is a term or a beginning."""

    words: str
    url_name: str
    is_due: bool = False
    details: object = None  # a TextChoices that names the line's detail
    ends_on: object = None  # reads the term in what more the line says, where no column of the room holds a day
    is_of_detail: bool = False  # the page takes the detail after the id
    part: str = ""  # of the page, where the act is done
    anchor: str = ""  # the page is a list, where what waits stands under this word and its id
    tells: object = None  # the detail in words, with what more the line says


def half_day(number: str) -> date:
    """The day of a half-day's number, as a loan keeps it."""
    return half_day_of(int(number))[0]


def committee(words: str, kind: str) -> str:
    """« COPIL, convoquée »"""
    return ", ".join(filter(None, (Committee.Kind(kind).label, words)))


def advice(words: str, version: str) -> str:
    return f"{words}, préconisation v{version}"


def advice_and_kit(words: str, told: str) -> str:
    """« élémentaire, préconisation v1 du 2 septembre 2019, pour le kit v2 du 1er septembre 2026 »"""
    version, signed_on, kit_version, kit_on = told.split()
    signed, published = (day_text(date.fromisoformat(day)) for day in (signed_on, kit_on))
    return f"{advice(words, version)} du {signed}, pour le kit v{kit_version} du {published}"


ACTS = {
    "draft": Act("Finir la candidature", "applications:application_detail", is_due=True),
    "rewrite": Act("Reprendre la candidature", "applications:application_detail", part="demande"),
    "call": Act("Candidater, ou non", "applications:call_detail", is_due=True),
    "opinion": Act("Rendre un avis", "applications:opinion_edit", is_due=True, details=Authority),
    "unsaid": Act("Faire donner un délai à un avis non rendu", "applications:application_detail", details=Authority,
                  part="avis"),
    "delay": Act("Donner un nouveau délai", "applications:opinion_delay", details=Authority),
    "release": Act("Communiquer un avis à l’école", "applications:application_detail", details=Authority, part="avis"),
    "lift": Act("Lever les réserves d’un avis", "applications:application_detail", details=Authority, part="avis"),
    "message": Act("Lire un message sur une candidature", "applications:application_detail", part="messages"),
    "inspect": Act("Demander l’avis de l’IEN", "applications:application_detail"),
    "district": Act("Faire donner une circonscription à une école", "applications:application_detail"),
    "list": Act("Ouvrir la liste d’un appel", "priorities:list_list", anchor="appel"),
    "again": Act("Ouvrir une nouvelle version de la liste", "priorities:list_detail"),
    "rank": Act("Ordonner la liste", "priorities:list_detail"),
    "cosign": Act("Signer la liste", "priorities:list_detail"),
    "send": Act("Porter la liste au COPIL", "priorities:list_detail"),
    "advice": Act("Signer la préconisation", "priorities:recommendation_detail",
                  details=School.Kind, tells=advice),
    "answer": Act("Répondre à la préconisation", "priorities:recommendation_detail",
                  details=School.Kind, tells=advice_and_kit),
    "mark": Act("Noter les options comparées", "studies:comparison_detail"),
    "lit": Act("Éteindre le Wi-Fi que vous avez allumé", "wifi:school_wifi"),
    "alone": Act("Vérifier une borne allumée hors séance", "wifi:school_wifi"),
    "programme": Act("Faire avancer le programme", "priorities:programme_detail",
                     details=ProgrammeState),
    "booking": Act("Répondre à une demande de malle", "loans:booking_detail"),
    "carry": Act("Préparer ou contrôler une malle", "loans:booking_detail", details=BookingState),
    "late": Act("Faire revenir une malle en retard", "loans:booking_detail", is_due=True, ends_on=half_day),
    "arrival": Act("Dire que la malle est arrivée", "loans:booking_detail"),
    "kit_news": Act("Lire ce que devient une demande de malle", "loans:booking_detail", details=KitNews),
    "give_back": Act("Rendre une malle en retard", "loans:booking_detail", is_due=True, ends_on=half_day),
    "open": Act("Ouvrir un déploiement", "rollouts:rollout_create"),
    "step": Act("Avancer une étape", "rollouts:step_edit", is_due=True, details=StepKind, is_of_detail=True),
    "undated": Act("Dater ou avancer une étape", "rollouts:step_edit", details=StepKind, is_of_detail=True),
    "blocked": Act("Débloquer une étape", "rollouts:step_edit", details=StepKind, is_of_detail=True),
    "asked_step": Act("Faire une étape, et le dire à qui l’écrit", "rollouts:rollout_detail", is_due=True,
                      details=StepKind),
    "awaited": Act("Faire une étape, et le dire à qui l’écrit", "rollouts:rollout_detail", details=StepKind),
    "council": Act("Informer le conseil d’école, et le noter", "premises:notice_create", details=StepKind),
    "visit": Act("Écrire un procès-verbal de réception", "rollouts:reception_create"),
    "serve": Act("Mettre une école en service", "rollouts:service_create"),
    "reception": Act("Signer la réception pour la Ville", "rollouts:reception_detail", part="signatures"),
    "receipt": Act("Signer la réception pour l’école", "rollouts:reception_detail", part="signatures"),
    "reservation": Act("Lever une réserve", "rollouts:reservation_lifting", is_due=True),
    "minutes": Act("Approuver le relevé", "governance:minutes_detail", tells=committee, part="accords"),
    "session": Act("Préparer ou suivre la séance", "governance:session_detail", is_due=True,
                   details=SessionState, tells=committee),
    "letters": Act("Remettre les lettres de convocation", "governance:invitation_list", is_due=True, tells=committee),
    "asked": Act("Faire ce qu’une décision vous demande", "governance:follow_up_closing", is_due=True),
    "table": Act("Appliquer un tableau qui reçoit des classes", "sheets:import_preview"),
    "count": Act("Régler un comptage", "inventory:count_detail"),
    "follow_up": Act("Suivre une décision", "governance:follow_up_closing", is_due=True),
}  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the person. `kind` is the act's key in ACTS, `name` says of whom or what, `day` its
    term, or since when."""

    kind: str
    act: Act
    name: str
    detail: str
    day: date
    target: object  # the id its page takes
    step: str  # what the page takes after it, or nothing
    is_late: bool


def waiting_for(person, now) -> list:
    """Raw lines of what waits for the person, what presses or has waited longest first, to page then to read with
    `read_waiting`. One query, whatever their titles; none when no title of theirs acts in the plan."""
    return WAITING.rows(person, localdate(now), now)


def union_for(person, today, now):
    """The same as a QuerySet, or None."""
    roles = {mandate.role for mandate in current_mandates(person, today)}
    return gathered(part for wanted, of in SOURCES if roles & set(wanted) for part in of(person, now, today, roles))


WAITING = SentencesFor(union_for, DateTimeField)


def read_waiting(rows, today) -> list[Waiting]:
    """The lines of a page."""
    return [_waiting(row, today) for row in rows]


def _waiting(row, today):
    kind, target, name, detail, more, day = row
    act = ACTS[kind]
    day = act.ends_on(more) if act.ends_on else day
    words = str(act.details(detail).label) if act.details and detail else detail
    words = act.tells(words, more) if act.tells else words
    return Waiting(kind, act, name, words, day, target, detail if act.is_of_detail else "", act.is_due and day < today)
