"""Plan of made-up schools in bulk: things with their serials, files with their copy, roll-outs with their steps.

Poitiers gets none: nothing is invented about a real school. The commune that does not exist has its story; it only
gets more things. Rows have the shape that the actions give them (a test compares).
"""

import datetime
from dataclasses import dataclass

from preau.demo.commune.rollouts import STEP_DAYS
from preau.demo.plan_world import FICTION
from preau.plan.ambitions.models import Ambition
from preau.plan.applications.models import Application, Authority, Call, FormRevision, Opinion, State, Submission
from preau.plan.equipment.models import StandardKit
from preau.plan.inventory.models import Asset, Funding, Kind, OffSwitch, draw_tag
from preau.plan.inventory.models import State as AssetState
from preau.plan.rollouts.models import USUAL_OWNER, Owner, Rollout, RolloutStep, StepKind

CART = (*((Kind.LAPTOP, "Portable élève", str(n)) for n in range(1, 8)), (Kind.LAPTOP, "Poste maître", "M"),
        (Kind.ACCESS_POINT, "Borne Wi-Fi", "B"))  # fmt: skip
CLASS = (
    (Kind.BOARD, "Tableau triptyque"), (Kind.PROJECTOR, "Vidéoprojecteur interactif"),
    (Kind.PC, "Poste du vidéoprojecteur"), *((Kind.TABLET, "Tablette"),) * 7,
)  # fmt: skip


@dataclass
class CityPlan:
    """What the schools of one made-up commune share."""

    kit: StandardKit
    call: Call
    revision: FormRevision
    content: dict  # of a copy filed in the commune that has a story, with its digest
    digest: str
    ambition: Ambition


def asset_rows(made, numbers, bulk, tags):
    """Things of a school, numbered: mobile classes and rooms, one after the other. `tags`: those of the city."""
    number, count = numbers.start, numbers.stop
    while number < count:
        cart = _asset(made, bulk, tags, number, Kind.CART, "Classe mobile", slots_count=7)
        number += 1
        for kind, label, slot in CART[: count - number]:
            _asset(made, bulk, tags, number, kind, label, cart=cart, slot=slot)
            number += 1
        for kind, label in CLASS[: count - number]:
            _asset(made, bulk, tags, number, kind, label)
            number += 1


def _asset(made, bulk, tags, number, kind, label, **given):
    school = made.school
    asset = made.add(
        Asset(
            city_id=school.city_id,
            school=school,
            kind=kind,
            label=label,
            tag=_tag(tags),
            funding=Funding.CITY,
            serial="" if kind == Kind.BOARD else f"L{school.pk.hex[-10:]}{number}".upper(),
            state=AssetState.DEPLOYED,
            state_on=bulk.today,
            placed_at=bulk.now,
            received_on=bulk.today,
            delivery_ref="BL fictif en lot",
            off_switch=OffSwitch.CART if kind == Kind.ACCESS_POINT else "",
            **given,
        )
    )
    made.trace(bulk, "asset_received", asset, place=school)
    return asset


def _tag(tags):
    """Six signs that no thing of the city bears."""
    while (tag := draw_tag()) in tags:
        pass
    tags.add(tag)
    return tag


def plan_rows(made, bulk, plan: CityPlan, head_id):
    """A file that its head filed and the IEN has read, and a roll-out that waits for its delivery."""
    application = _application(made, bulk, plan)
    copy = made.add(
        Submission(
            application=application,
            number=1,
            form_revision=plan.revision,
            title=application.title,
            content=plan.content,
            digest=plan.digest,
            submitted_at=bulk.now,
            submitted_by_id=head_id,
        )
    )
    made.add(Submission.ambitions.through(submission=copy, ambition=plan.ambition))
    for authority in Authority:
        is_given = authority == Authority.IEN
        made.add(
            Opinion(
                application=application,
                submission=copy,
                authority=authority,
                asked_at=bulk.now,
                due_on=bulk.today + datetime.timedelta(days=21),
                verdict="favourable" if is_given else "",
                motivation="Avis fictif." if is_given else "",
                given_at=bulk.now if is_given else None,
                released_at=bulk.now if is_given else None,
            )
        )
    made.trace(bulk, "application_submitted", copy, place=made.school)
    _rollout(made, bulk, plan)


def _application(made, bulk, plan):
    application = made.add(
        Application(
            call=plan.call,
            school=made.school,
            state=State.STATE_REVIEW,
            state_at=bulk.now,
            started_at=bulk.now,
            submitted_at=bulk.now,
            copies_count=1,
            title="Lire à voix haute, s’écouter, reprendre",
            project=FICTION,
            served_ambition=plan.ambition,
            committed_count=5,
            posts_count=6,
            teachers_council_on=bulk.today,
            school_council_on=bulk.today,
        )
    )
    made.add(Application.ambitions.through(application=application, ambition=plan.ambition))
    made.trace(bulk, "application_started", application, place=made.school)
    return application


def _rollout(made, bulk, plan):
    rollout = made.add(
        Rollout(
            school=made.school,
            kit=plan.kit,
            classes_count=7,
            opened_on=bulk.today,
            reason="Renouvellement d’un équipement déjà reçu, inventé pour la mesure.",
        )
    )
    for kind in StepKind:
        is_done = kind == StepKind.SITE_SURVEY
        made.add(
            RolloutStep(
                rollout=rollout,
                kind=kind,
                owner=USUAL_OWNER.get(kind, Owner.CITY_IT),
                version=int(is_done),
                planned_on=bulk.today + datetime.timedelta(days=90 + STEP_DAYS.get(kind, 0)),
                done_on=bulk.today if is_done else None,
                proof="Compte rendu fictif de visite" if is_done else "",
            )
        )
    made.trace(bulk, "rollout_opened", rollout, place=made.school.city)
