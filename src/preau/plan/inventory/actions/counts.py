"""A walk round a room or a school, sent once; then each observation is settled by a person."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from preau.kit.answers import Conflict, allow
from preau.plan.inventory.actions.places import place_asset
from preau.plan.inventory.actions.receiving import Delivered, receive_assets
from preau.plan.inventory.actions.states import report_missing
from preau.plan.inventory.actions.writing import journal
from preau.plan.inventory.models import Asset, CountSession, Observation, State, is_tag
from preau.plan.inventory.queries.counts import outcomes
from preau.plan.inventory.rules import can_write_assets

MOST_TAGS = 3000
OLDEST = timedelta(days=60)  # a page kept longer than that speaks of another school year


@transaction.atomic
def record_count(*, person, school, client_id, tags, counted_at, source, now, room=None) -> CountSession:
    """Keeps what was seen. The same `client_id` again gives the same count: a telephone may send twice.

    Nothing of the inventory changes. Raises Conflict, Refused.
    """
    allow(can_write_assets, person, school.city, school, now=now)
    known = CountSession.objects.filter(client_id=client_id).first()
    if known is not None:
        return _the_same(known, school)
    counted_at = min(counted_at, now)  # a clock that is ahead
    _refuse_count(school, room, tags, counted_at, now)
    try:
        with transaction.atomic():
            session = CountSession.objects.create(
                school=school, room=room, client_id=client_id, source=source, counted_at=counted_at, posted_at=now
            )
    except IntegrityError:  # sent twice at once
        return _the_same(CountSession.objects.get(client_id=client_id), school)
    found = outcomes(school=school, room=room, tags=tags, counted_at=counted_at)
    Observation.objects.bulk_create(
        [Observation(session=session, tag=tag, asset=asset, outcome=outcome) for tag, asset, outcome in found],
        batch_size=400,
    )
    journal(person=person, subject=session, verb="assets_counted", now=now, place=school)
    return session


def _the_same(session, school):
    if session.school_id != school.pk:
        raise Conflict("Ce comptage est déjà celui d’une autre école.")
    return session


def _refuse_count(school, room, tags, counted_at, now):
    if room is not None and room.building.school_id != school.pk:
        raise Conflict("Ce local n’est pas de cette école\u00a0: choisissez-en un autre.")
    if counted_at < now - OLDEST:
        raise Conflict("Ce comptage a plus de deux mois\u00a0: vérifiez l’heure de l’appareil, ou comptez de nouveau.")
    if len(tags) > MOST_TAGS:
        raise Conflict(f"Plus de {MOST_TAGS} étiquettes en un comptage\u00a0: comptez local par local.")
    for tag in tags:
        if not is_tag(tag):
            raise Conflict(f"«\u00a0{tag}\u00a0» n’est pas une étiquette\u00a0: écrivez ses six signes.")


@transaction.atomic
def settle_observation(*, person, observation, resolution, now) -> Observation:
    """`placed` puts the thing where it was seen, `missing` notes that it is not there, `left` changes nothing.

    Raises Conflict when it is settled already, when the thing has moved since, or when its life forbids it.
    """
    observation = _lock(person, observation, now)
    session, outcome = observation.session, Observation.Outcome
    asset = Asset.objects.get(pk=observation.asset_id) if observation.asset_id else None
    if asset is not None and resolution != Observation.Resolution.LEFT and asset.placed_at > session.counted_at:
        raise Conflict(f"{asset} a changé depuis ce comptage. Ouvrez sa fiche, ou laissez tel quel.")
    if resolution == Observation.Resolution.PLACED and observation.outcome == outcome.ELSEWHERE:
        place_asset(
            person=person,
            asset=asset,
            school=session.school,
            room=session.room,
            now=now,
            is_in_use=asset.state not in (State.IN_STOCK, State.EXPECTED, State.RETIRED),
        )
    elif resolution == Observation.Resolution.MISSING and observation.outcome == outcome.NOT_SEEN:
        report_missing(person=person, asset=asset, now=now)
    elif resolution != Observation.Resolution.LEFT:
        raise Conflict("Ce constat ne se règle pas ainsi.")
    return _settle(person, observation, resolution, now)


@transaction.atomic
def add_observed(*, person, observation, kind, label, serial, now) -> Asset:
    """Something that bears a label nobody knew enters the inventory, in stock where it was seen. Raises Conflict."""
    observation = _lock(person, observation, now)
    session = observation.session
    if observation.outcome != Observation.Outcome.UNKNOWN:
        raise Conflict("Ce bien est déjà dans l’inventaire.")
    (asset,) = receive_assets(
        person=person,
        school=session.school,
        room=session.room,
        delivery_ref="",
        now=now,
        items=[Delivered(kind, label, serials=(serial,), tag=observation.tag)],
    )
    observation.asset = asset
    _settle(person, observation, Observation.Resolution.CREATED, now)
    return asset


def _lock(person, observation, now):
    locked = Observation.objects.select_for_update(of=("self",))
    locked = locked.select_related("session__school__city", "session__room__building", "asset").get(pk=observation.pk)
    allow(can_write_assets, person, locked.session.school.city, locked.session.school, now=now)
    if locked.resolution or locked.outcome == Observation.Outcome.SEEN:
        what = locked.asset or locked.shown_tag
        how = f"\u00a0: {locked.get_resolution_display()}" if locked.resolution else ""
        raise Conflict(f"{what}, c’est déjà réglé{how}.")
    return locked


def _settle(person, observation, resolution, now):
    observation.resolution, observation.resolved_at = resolution, now
    observation.save(update_fields=["asset", "resolution", "resolved_at"])
    journal(
        person=person,
        subject=observation,
        verb="observation_settled",
        now=now,
        place=observation.session.school,
        fields=["resolution"],
    )
    return observation
