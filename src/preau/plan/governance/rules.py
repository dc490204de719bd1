"""Who reads and writes the committees' acts (plan.md, permission matrix: « Decisions, minutes »).

The Direction Éducation keeps the secretariat; city and State read the same, majority and opposition alike; a parents'
federation reads the redacted dossiers and the published decisions; a relevé holds once both authorities approved it.
"""

from django.db.models import Exists, OuterRef, Q, Value

from preau.kit.answers import No, Yes
from preau.kit.money import NBSP
from preau.people.models import Role
from preau.people.queries.grounds import Grounds
from preau.places.models import City
from preau.plan.applications.rules import applications_visible_to
from preau.plan.equipment.rules import DISTRICT_READERS, STATE_READERS, STEERING
from preau.plan.governance.models import (
    NOT_RESERVED,
    AgendaItem,
    Committee,
    Decision,
    Dossier,
    FollowUp,
    ObjectKind,
    Session,
    State,
)
from preau.plan.priorities.rules import cities_with_lists_for, lists_visible_to, programmes_visible_to
from preau.plan.studies.models import Authority
from preau.plan.studies.rules import cities_followed_by

MEMBERS = (*STEERING, Role.TRAINER, Role.PARENTS_FEDERATION)  # who sits in a committee
# Who speaks for each authority when a relevé, or the review of a laboratory, is agreed.
SECRETARY = (Role.CITY_EDUCATION,)
STATE_VOICES = (Role.IA_DASEN, Role.IA_DASEN_DEPUTY, Role.DSDEN)
CITY_VOICES = (Role.ELECTED,)
PRINTS_RANKS = (ObjectKind.PRIORITY_LIST, ObjectKind.PROGRAMME)  # what a members' dossier prints of them
# Who may, by the place where the role is held (people.queries.grounds).
KEEPS_SECRETARIAT = Grounds("city", city=SECRETARY)
REPRESENTS_PARENTS = Grounds("city", city=(Role.PARENTS_FEDERATION,))
HOLDS_MONEY = Grounds("city", city=(Role.CITY_FINANCE,))
SPEAKS_FOR = {
    Authority.CITY: Grounds("city", city=CITY_VOICES),
    Authority.STATE: Grounds("city", department=STATE_VOICES),
}
REMARKS = Grounds("city", department=STATE_READERS, department_of_district=DISTRICT_READERS)
TITLES = {role: Grounds("city", city=(role,), department=(role,), department_of_district=(role,)) for role in MEMBERS}
NOT_SECRETARY = No("Seule la Direction Éducation de cette Ville tient le secrétariat des comités.")


def cities_represented_by(person, today):
    """Cities where the person sits for a parents' federation."""
    return City.objects.filter(REPRESENTS_PARENTS.where(person, today))


def cities_open_to(person, today):
    """Cities with something of the committees to read; `is_followed` when it is all of it, not a federation's part."""
    followed, represented = cities_followed_by(person, today), cities_represented_by(person, today)
    marked = City.objects.annotate(is_followed=Exists(followed.filter(pk=OuterRef("pk"))))
    return marked.filter(Q(is_followed=True) | Q(id__in=represented.values("id")))


def committees_visible_to(person, today):
    """Committees read whole."""
    return Committee.objects.filter(city__in=cities_followed_by(person, today))


def sessions_visible_to(person, today):
    """Sessions read whole: agenda, attendance, relevé and remarks."""
    return Session.objects.filter(committee__city__in=cities_followed_by(person, today))


def decisions_visible_to(person, today):
    """Every decision for members; for a federation those of a published relevé, but on points reserved to members."""
    return Decision.objects.filter(
        Q(city__in=cities_followed_by(person, today))
        | Q(NOT_RESERVED, city__in=cities_represented_by(person, today), session__state=State.PUBLISHED)
    )


def follow_ups_given_to(person, today):
    """Of a decision the person reads, and given to a title they hold for its city: the same title in another city or
    département is not asked."""
    wanted = (Q(owner_role=role) & grounds.where(person, today, "decision__city") for role, grounds in TITLES.items())
    given = FollowUp.objects.filter(Q(*wanted, _connector=Q.OR))
    return given.filter(decision__in=decisions_visible_to(person, today))


def follow_ups_asked_of(person, today):
    """Those given to the person that are not done yet."""
    return follow_ups_given_to(person, today).filter(done_on=None)


def dossiers_visible_to(person, today):
    """Both dossiers for members; the redacted one for a federation, and for who reads no priority list where the other
    prints one, or ranks from one."""
    whole = Q(session__committee__city__in=cities_followed_by(person, today))
    if HOLDS_MONEY.places(person, today):
        listed = cities_with_lists_for(person, today).values("id")
        closed = City.objects.filter(HOLDS_MONEY.where(person, today)).exclude(id__in=listed)
        ranked = AgendaItem.objects.filter(session=OuterRef("session"), object_kind__in=PRINTS_RANKS)
        whole &= ~Q(Exists(ranked), session__committee__city__in=closed.values("id"), audience=Dossier.Audience.MEMBERS)
    represented = cities_represented_by(person, today)
    redacted = Q(session__committee__city__in=represented, audience=Dossier.Audience.FEDERATION)
    return Dossier.objects.filter(whole | redacted)


def objects_visible_to(person, today) -> dict:
    """{kind: what points and decisions bear on that the person may open}: a list, a programme and a candidature follow
    the rules of their room; options and laboratories, which are not here, are every member's."""
    return {
        ObjectKind.PRIORITY_LIST: lists_visible_to(person, today),
        ObjectKind.PROGRAMME: programmes_visible_to(person, today),
        ObjectKind.APPLICATION: applications_visible_to(person, today),
    }


def marked_followed(decisions, person, today):
    """Each with `is_followed`: its reader reads the whole of the committees, not a federation's part."""
    return decisions.annotate(is_followed=Exists(cities_followed_by(person, today).filter(pk=OuterRef("city"))))


def can_keep_secretariat(person, city, today):
    """Seats, sessions, agenda, relevé, follow-up."""
    return Yes() if KEEPS_SECRETARIAT.covers(person, city, today) else NOT_SECRETARY


def can_prepare_session(person, session, today):
    """Its agenda, its convening: until the dossier is frozen."""
    answer = can_keep_secretariat(person, session.committee.city, today)
    if answer and not session.is_being_prepared:
        return No(f"Le dossier est figé{NBSP}: la préparation de cette séance ne change plus.")
    return answer


def can_move_session(person, session, today):
    """Its day, its hour and its place, until it is convened."""
    answer = can_keep_secretariat(person, session.committee.city, today)
    if answer and session.state != State.PLANNED:
        return No("Une séance convoquée garde son jour et son lieu. Annulez-la, et prévoyez-en une autre.")
    return answer


def can_invite_seats(person, session, today):
    """Seats are convened and letters handed over between the convening and the session."""
    answer = can_keep_secretariat(person, session.committee.city, today)
    if answer and session.state not in (State.CONVENED, State.PACK_FROZEN):
        return No("Les sièges se convoquent entre la convocation de la séance et sa tenue.")
    return answer


def can_freeze_dossier(person, session, today):
    """Once, when the session is convened."""
    answer = can_keep_secretariat(person, session.committee.city, today)
    if answer and session.state != State.CONVENED:
        return No("Le dossier se fige une seule fois, quand la séance est convoquée.")
    return answer


def can_hold_session(person, session, today):
    """With a frozen dossier, and never before its day."""
    answer = can_keep_secretariat(person, session.committee.city, today)
    if answer and session.state != State.PACK_FROZEN:
        return No("Une séance se tient une fois son dossier figé.")
    return answer


def can_cancel_session(person, session, today):
    """Until it is held."""
    answer = can_keep_secretariat(person, session.committee.city, today)
    if answer and not session.may_become(State.CANCELLED):
        return No("Cette séance a eu lieu, ou est déjà annulée.")
    return answer


def can_write_minutes(person, session, today):
    """Attendance, decisions, relevé: from the session to its approval."""
    answer = can_keep_secretariat(person, session.committee.city, today)
    if not answer or session.takes_decisions:
        return answer
    if session.approved_at:
        return No(f"Le relevé est approuvé{NBSP}: une correction est une nouvelle décision, dans une autre séance.")
    return No("Rien ne se décide avant que la séance soit tenue.")


def can_approve_minutes(person, session, today):
    """For a COPIL an elected member and the State, for a COTECH the State; once each, the relevé being written."""
    authority = voice_of(person, session, today)
    if authority is None:
        who = "Un membre élu et l’Éducation nationale" if len(session.must_agree) > 1 else "L’Éducation nationale"
        return No(f"{who} {'approuvent' if len(session.must_agree) > 1 else 'approuve'} ce relevé.")
    if session.state != State.MINUTES_DRAFT:
        return No("Ce relevé est déjà approuvé." if session.approved_at else "Ce relevé n’est pas encore écrit.")
    return Yes()


def voice_of(person, session, today):
    """The authority whose approval the person may give, or None."""
    for authority, grounds in SPEAKS_FOR.items():
        if authority in session.must_agree and grounds.covers(person, session, today, "committee__city"):
            return authority
    return None


def can_publish_minutes(person, session, today):
    """Once approved."""
    answer = can_keep_secretariat(person, session.committee.city, today)
    if answer and session.state != State.MINUTES_APPROVED:
        return No("Un relevé se publie une fois approuvé.")
    return answer


def can_comment_session(person, session, today):
    """The State remarks on a dossier and on a relevé, until it is approved."""
    if not REMARKS.covers(person, session, today, "committee__city"):
        return No("Les remarques sont celles de l’Éducation nationale.")
    if session.state not in (State.PACK_FROZEN, State.HELD, State.MINUTES_DRAFT):
        return No("Les remarques s’écrivent entre le dossier figé et l’approbation du relevé.")
    return Yes()


def can_follow_up(person, decision, today):
    """Actions are added by the secretariat, also after publication: they are what follows."""
    return can_keep_secretariat(person, decision.city, today)


def can_close_follow_up(person, follow_up, today):
    """Said done by the secretariat, or by the title it was given to."""
    answer = can_follow_up(person, follow_up.decision, today)
    if answer or follow_ups_given_to(person, today).filter(pk=follow_up.pk).exists():
        return Yes()
    return No("Cette action est notée comme faite par qui s’en charge, ou par le secrétariat du comité.")


def marked_closable(follow_ups, person, city, today):
    """These of one city, each with `is_closable`: whether `can_close_follow_up` lets the person say it is done."""
    if can_keep_secretariat(person, city, today):
        return follow_ups.annotate(is_closable=Value(True))
    given = follow_ups_given_to(person, today).filter(pk=OuterRef("pk"))
    return follow_ups.annotate(is_closable=Exists(given))
