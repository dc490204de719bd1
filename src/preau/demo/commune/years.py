"""Six years of the plan: a call each autumn, its list before the COPIL, the schools received the year after."""

import datetime
from dataclasses import dataclass, field
from functools import partial

from django.utils.timezone import localdate

from preau.demo.commune import committees, files, rollouts, texts
from preau.demo.commune.calendar import at, days
from preau.demo.plan_world import FICTION
from preau.kit.dates import school_year_label
from preau.kit.money import euros, split_cents
from preau.plan.applications import actions as applications
from preau.plan.applications.models import Authority, Call, Verdict
from preau.plan.equipment.models import Quality
from preau.plan.finance.actions import record_expense
from preau.plan.premises.queries import GATE_LABELS
from preau.plan.priorities import actions, queries
from preau.plan.priorities.models import PriorityList, Programme

ROUND = 100_000  # estimates are rounded up to 1 000 €


@dataclass
class Campaign:
    """A call and all that follows from it. Days count from its opening."""

    opens_on: datetime.date
    files: list
    costs: dict = field(default_factory=dict)  # {name of school: cents}; the others of the list wait
    window: int = 33
    title: str = "Appel à candidatures"
    only: tuple = ()  # names of the schools it is open to; every school when empty
    points: object = tuple  # called for more points of its COPIL's agenda
    call: Call | None = None
    priority_list: PriorityList | None = None
    programme: Programme | None = None

    @property
    def committee_day(self) -> datetime.date:
        return self.opens_on + days(85)

    @property
    def label(self) -> str:
        return school_year_label(self.opens_on)

    def application(self, name):
        return next(file.application for file in self.files if file.name == name)


def stories_of_year(scene, number, names, paid_cents, points=tuple):
    """The stories of one year: `names` are received in the calendar year `number` and paid from its budget."""
    shares = dict(zip(names, split_cents(paid_cents, [scene.classes[name] for name in names]), strict=True))
    campaign = Campaign(
        opens_on=datetime.date(number - 1, 9, 14),
        files=[files.File(name, rank, _answers(rank)) for rank, name in enumerate(names)],
        costs={name: -(-cents // ROUND) * ROUND for name, cents in shares.items()},
        points=points,
    )
    yield from stories_of(scene, campaign)
    for rank, name in enumerate(names):
        yield _rooms(scene, campaign, name)
        way = rollouts.Way(
            name,
            opened_on=datetime.date(number, 1, 12),
            entry=partial(entry_of, campaign, name),
            received_on=rollouts.working(datetime.date(number, 5 + rank, 7 + 4 * rank)),
            reserves=_reserves(rank),
        )
        yield rollouts.story(scene, way)
        yield _payment(scene, name, number, shares[name], way)
    yield _closing(scene, campaign, number)


def stories_of(scene, campaign):
    """Its call, its files, its list, its programme and its COPIL."""
    yield call_story(scene, campaign)
    for file in campaign.files:
        yield files.story(scene, campaign, file)
    yield _list(scene, campaign)
    yield _programme(scene, campaign)
    yield committees.story(scene, meeting_of(scene, campaign))


def meeting_of(scene, campaign, **given):
    """The COPIL that adopts the list and settles the year."""
    return committees.Meeting(
        committee=scene.copil,
        day=campaign.committee_day,
        points=partial(_points, scene, campaign),
        opening="La présidente ouvre la séance et constate que chaque collège est représenté.",
        **given,
    )


def _answers(rank):
    if rank == 2:
        return {Authority.BUILDINGS: (Verdict.WITH_RESERVATIONS, texts.SMALL_STORE)}
    return {}


def _reserves(rank):
    return {"Classe 2": ("Une prise du fond de classe ne tient pas dans le mur.", 9)} if rank == 1 else {}


def call_story(scene, campaign):
    now = yield at(campaign.opens_on - days(10))
    envelope = sum(campaign.costs.values())
    campaign.call = applications.open_call(
        person=scene.pens["education"],
        city=scene.city,
        school_year=campaign.label,
        now=now,
        title=f"{campaign.title} {campaign.label}",
        opens_at=at(campaign.opens_on),
        closes_at=at(campaign.opens_on + days(campaign.window), 540),
        form_revision=scene.revision,
        criteria=texts.CRITERIA,
        envelope_cents=envelope or None,
    )
    if campaign.only:
        schools = [scene.schools[name] for name in campaign.only]
        applications.change_call(
            person=scene.pens["education"], call=campaign.call, version=1, schools=schools, now=now
        )


def _rooms(scene, campaign, name):
    now = yield at(campaign.opens_on - days(10), 20)
    rollouts.build_rooms(scene, name, now)


def _list(scene, campaign):
    """DSDEN and DAN rank what every authority has read; a school that lacks something is ranked with its reason."""
    now = yield at(campaign.opens_on + days(56))
    draft_list(scene, campaign, now)
    now = yield at(campaign.opens_on + days(59))
    actions.propose_list(person=scene.pens["dsden"], priority_list=campaign.priority_list, now=now)
    now = yield at(campaign.opens_on + days(63))
    actions.cosign_list(person=scene.pens["dan"], priority_list=campaign.priority_list, now=now)
    now = yield at(campaign.opens_on + days(64))
    actions.send_to_copil(person=scene.pens["dsden"], priority_list=campaign.priority_list, now=now)


def draft_list(scene, campaign, now):
    """Every file whose opinions are being given, in the order of `files`."""
    campaign.priority_list = actions.open_list(person=scene.pens["dsden"], call=campaign.call, now=now)
    to_rank = {a.school_id: a for a in queries.to_rank(campaign.priority_list)}
    ranked = [to_rank[scene.schools[f.name].pk] for f in campaign.files if scene.schools[f.name].pk in to_rank]
    lacks = queries.unready([application.school for application in ranked], localdate(now))
    for rank, application in enumerate(ranked):
        actions.add_to_list(
            person=scene.pens["dsden"],
            priority_list=campaign.priority_list,
            application=application,
            reason=texts.RANKED[rank % len(texts.RANKED)],
            now=now,
            unready_reason=_in_spite_of(lacks[application.school_id]),
        )


def _in_spite_of(lacks):
    untold = [label for label in lacks if label.startswith(GATE_LABELS["council"])]
    return " ".join([texts.UNREADY] * (len(lacks) > len(untold)) + [texts.UNTOLD] * len(untold))


def _programme(scene, campaign):
    """The city's own act: the schools it can pay for, in the order of the signed list."""
    person = scene.pens["education"]
    now = yield at(campaign.opens_on + days(65))
    campaign.programme = actions.open_programme(
        person=person,
        city=scene.city,
        school_year=campaign.label,
        priority_list=campaign.priority_list,
        envelope_cents=sum(campaign.costs.values()),
        now=now,
    )
    for name, cents in campaign.costs.items():
        school = scene.schools[name]
        actions.add_school(
            person=person,
            programme=campaign.programme,
            school=school,
            kit=scene.kits[school.kind],
            cost_cents=cents,
            now=now,
        )
    actions.arbitrate(person=person, programme=campaign.programme, now=now)
    actions.submit_programme(person=person, programme=campaign.programme, now=now)
    now = yield at(campaign.committee_day + days(24))
    actions.record_vote(
        person=person,
        programme=campaign.programme,
        voted_on=localdate(now),
        now=now,
        reference=f"Délibération fictive du {localdate(now):%d/%m/%Y}",
    )
    actions.start_programme(person=person, programme=campaign.programme, now=now)


def _points(scene, campaign):
    schools = ", ".join(campaign.costs)
    total = euros(sum(campaign.costs.values()))
    vote = {"votes_for": 7, "votes_against": 0, "abstentions": 2}
    return [
        committees.Point(
            "Liste priorisée des écoles candidates",
            "La DSDEN et la DAN présentent l’ordre qu’elles ont signé.",
            by="state",
            about=campaign.priority_list,
            decision={"text": "Le COPIL adopte la liste priorisée telle que signée.", "result": "adopted"},
        ),
        committees.Point(
            "Programme de l’année",
            f"La Ville propose d’équiper {len(campaign.costs)} écoles, pour {total}.",
            about=campaign.programme,
            decision={"text": f"Le COPIL arrête le programme {campaign.label}\u00a0: {schools}.", "result": "adopted"}
            | vote,
            follow_ups=(
                ("Ouvrir les déploiements et prévenir les écoles", "Direction Éducation", 34, "Écoles prévenues."),
            ),
        ),
        *campaign.points(),
    ]


def entry_of(campaign, name):
    return campaign.programme.entries.get(school__name=name)


def _payment(scene, name, year, cents, way):
    """What was paid for a school is written once it is received."""
    now = yield at(way.on(30))
    record_expense(
        person=scene.pens["education"],
        school=scene.schools[name],
        fiscal_year=year,
        amount_cents=cents,
        now=now,
        source=f"{FICTION}, exercice {year}",
        quality=Quality.FICTITIOUS,
    )


def _closing(scene, campaign, number):
    now = yield at(datetime.date(number, 12, 18))
    actions.close_programme(
        person=scene.pens["education"],
        programme=campaign.programme,
        now=now,
        review=f"{len(campaign.costs)} écoles reçues et en service. Bilan fictif de l’année {number}.",
    )
