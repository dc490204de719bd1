"""What waits in candidatures: for the school that writes, for the authorities that give their opinion (plan.md W1)."""

from datetime import datetime, time, timedelta

from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import TruncDate
from django.utils.timezone import make_aware

from preau.kit.rooms.told import lines, word_of
from preau.kit.rooms.waiting import Act, Wait
from preau.people.models import Role
from preau.places.models import School
from preau.plan.applications import rules
from preau.plan.applications.models import EDITABLE, Application, Authority, Call, last_day_in
from preau.plan.equipment.rules import DISTRICT_READERS, STATE_READERS

STATE_PENS = (*rules.PENS[Authority.DSDEN], *rules.PENS[Authority.DAN])
ALL_PENS = tuple(role for pens in rules.PENS.values() for role in pens)
NEWS = timedelta(days=15)  # a message nobody answered stops being news


def _files(person, now, today, roles):
    own = rules.schools_taught_by(person, today)
    drafts = Application.objects.filter(school__in=own, state__in=EDITABLE)
    drafts = drafts.filter(Q(call__opens_at__lte=now, call__closes_at__gt=now) | ~Q(state="draft"))
    is_draft = Q(state="draft")  # to be filed before its call closes; given back, it has no day
    day = Case(When(is_draft, then=last_day_in("call__closes_at")), default=TruncDate("state_at"))
    kind = word_of(is_draft, "draft", "rewrite")
    yield lines(drafts, kind, name="school__shown_name", detail="call__title", day=day)
    if Role.SCHOOL_HEAD in roles:
        schools = School.objects.filter(id__in=own, city=OuterRef("city"))
        open_calls = Call.objects.filter(opens_at__lte=now, closes_at__gt=now).filter(Exists(schools))
        open_calls = open_calls.filter(Q(schools=None) | Q(schools__in=own)).distinct()
        untouched = open_calls.exclude(applications__school__in=own)
        yield lines(untouched, "call", name="title", day=last_day_in("closes_at"))


def _opinions(person, now, today, roles):
    """Past its day an opinion is no longer written (AC-24): its authority asks for a delay, unless it gives it."""
    extended, name = rules.opinions_to_extend_by(person, today), "application__school__shown_name"
    asked = rules.opinions_to_give_by(person, today).exclude(pk__in=extended.values("pk"))
    told = {"name": name, "detail": "authority", "day": "due_on"}
    is_late = Q(due_on__lt=today)
    target = Case(When(is_late, then="application_id"), default="pk")
    yield lines(asked, word_of(is_late, "unsaid", "opinion"), target=target, **told)
    if roles & {*STATE_PENS, Role.CITY_EDUCATION}:
        yield lines(extended, "delay", **told)
    given = {"name": name, "detail": "authority", "day": TruncDate("given_at"), "target": "application_id"}
    yield lines(rules.opinions_to_release_by(person, today), "release", **given)
    yield lines(rules.opinions_to_lift_by(person, today), "lift", **given)


def _filed(person, now, today, roles):
    """A school without circonscription has no IEN to ask: its file stays where it was filed."""
    filed = rules.applications_to_send_on_by(person, today)
    word = word_of(Q(school__district=None), "district", "inspect")
    yield lines(filed, word, name="school__shown_name", detail="call__title", day=TruncDate("state_at"))


def _messages(person, now, today, roles):
    """The last word of a file, said by the other side and not answered."""
    since = make_aware(datetime.combine(today - NEWS, time()))
    said = rules.last_messages_for(person, today).filter(sent_at__gte=since)
    told = {"name": "application__school__shown_name", "detail": "voice", "day": TruncDate("sent_at")}
    yield lines(said, "message", target="application_id", **told)


PAGE = "applications:application_detail"
OF_FILES = {
    "draft": Act("Finir la candidature", PAGE, is_due=True),
    "rewrite": Act("Reprendre la candidature", PAGE, part="demande"),
    "call": Act("Candidater, ou non", "applications:call_detail", is_due=True),
}
OF_OPINIONS = {
    "opinion": Act("Rendre un avis", "applications:opinion_edit", is_due=True, details=Authority),
    "unsaid": Act("Faire donner un délai à un avis non rendu", PAGE, details=Authority, part="avis"),
    "delay": Act("Donner un nouveau délai", "applications:opinion_delay", details=Authority),
    "release": Act("Communiquer un avis à l’école", PAGE, details=Authority, part="avis"),
    "lift": Act("Lever les réserves d’un avis", PAGE, details=Authority, part="avis"),
}
OF_FILED = {
    "inspect": Act("Demander l’avis de l’IEN", PAGE),
    "district": Act("Faire donner une circonscription à une école", PAGE),
}
OF_MESSAGES = {"message": Act("Lire un message sur une candidature", PAGE, part="messages")}

WAITING = (
    Wait(rules.TEAM, _files, OF_FILES),
    Wait(ALL_PENS, _opinions, OF_OPINIONS),
    Wait((*rules.TEAM, *STATE_READERS, *DISTRICT_READERS, Role.CITY_EDUCATION), _messages, OF_MESSAGES),
    Wait(STATE_PENS, _filed, OF_FILED),
)
