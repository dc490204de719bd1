"""The only writes to the stream. Rooms above ask their own rules first; these keep the states true."""

import datetime
import logging

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record, record_many
from preau.kit.answers import Conflict, allow
from preau.kit.rooms import recalls
from preau.kit.rows import lock
from preau.people.actions import suspend_account
from preau.people.models import Account, Person
from preau.places.models import kind_of
from preau.spaces import audiences, caps, rules, stems
from preau.spaces.actions.generations import raise_generation, raise_generations
from preau.spaces.models import Publication, Reach, SearchText, Stop
from preau.spaces.queries import stops

State = Publication.State
CHUNK = 400  # stays under the variable limit of SQLite
logger = logging.getLogger("preau.spaces")
CHANGED = "Cette publication a changé entre-temps. La voici telle qu’elle est."


class PlaceStopped(Conflict):
    """Nothing is published to these audiences for now."""

    def __init__(self, stop: Stop):
        super().__init__(f"Rien n’est publié. {stops.told(stop)}")


class NotOpen(Conflict):
    """A school whose papers are not signed yet publishes nothing to its families."""


@transaction.atomic
def open_draft(*, person: Person, place, kind: str, now: datetime.datetime, question: str = "") -> Publication:
    """A draft in the space of a place, whatever its kind. `question`: what families may ask their child about it."""
    where = {kind_of(place): place}
    publication = Publication.objects.create(
        author=person, kind=kind, created_at=now, question=question.strip(), **where
    )
    record(person_id=person.pk, verb="open_draft", subject=publication, now=now, place_id=place.pk)
    return publication


@transaction.atomic
def take_over(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """A draft that somebody else began is now of who will publish it, and answers for it."""
    publication = _locked(publication, State.DRAFT)
    publication.author = person
    publication.save(update_fields=["author"])
    return _told(person, "take_over", publication, now)


@transaction.atomic
def propose(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """Shows a draft to the school's head, who publishes it or sends it back."""
    publication = _locked(publication, State.DRAFT)
    return _moved(person, "propose", publication, State.WAITING, now)


@transaction.atomic
def send_back(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """A thing that waited is its author's draft again."""
    publication = _locked(publication, State.WAITING)
    return _moved(person, "send_back", publication, State.DRAFT, now)


@transaction.atomic
def publish(*, person: Person, publication: Publication, reached: list[str], now: datetime.datetime) -> Publication:
    """Publishes a draft, or what waited, to audiences: one row each, whatever the number of families. Raises
    PlaceStopped while one of them is stopped, NotOpen before families of a school may be written to."""
    publication = _locked(publication, State.DRAFT, State.WAITING)
    refuse_unpublishable(person=person, publication=publication, reached=reached, now=now)
    publication.state, publication.published_at = State.PUBLISHED, now
    publication.save(update_fields=["state", "published_at"])
    Reach.objects.bulk_create(_reach(publication, audience, now) for audience in reached)
    return _told(person, "publish", publication, now)


def refuse_unpublishable(
    *, person: Person, publication: Publication, reached: list[str], now: datetime.datetime
) -> None:
    """What `publish` would refuse now, for who prepares it. Raises Conflict; writes nothing."""
    if stop := stops.holding(reached, publication):
        raise PlaceStopped(stop)
    if stops.awaits_opening(reached, publication):
        raise NotOpen(stops.NOT_OPEN)
    _keep_within_caps(person, reached, now)


def _keep_within_caps(person, reached, now):
    """A stolen account is slowed before anybody knows of it, and said to publish too much (trust.md R4, T13)."""
    profile = rules.sender_profile(person, localdate(now))
    published = Publication.objects.filter(author=person, published_at__gt=now - caps.WINDOW, published_at__lte=now)
    if published.count() >= caps.HOURLY[profile]:
        logger.warning("the account of person %s publishes too much: %s in an hour", person.pk, caps.HOURLY[profile])
        raise Conflict(caps.too_often(profile))
    most = caps.MOST_PERSONS[profile]
    if most is not None and audiences.count_persons(reached, localdate(now), tuple(audiences.Profile), most) > most:
        raise Conflict(caps.too_many(profile))


@transaction.atomic
def unpublish(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """« Annuler » after publishing: a draft again, that nobody else sees."""
    publication = _locked(publication, State.PUBLISHED)
    publication.state, publication.published_at = State.DRAFT, None
    publication.save(update_fields=["state", "published_at"])
    _told(person, "unpublish", publication, now)
    publication.reaches.all().delete()
    return publication


@transaction.atomic
def withdraw(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """Takes a publication back; its audiences are remembered so that it can return."""
    publication = _locked(publication, State.PUBLISHED)
    publication.state, publication.withdrawn_at, publication.withdrawn_by = State.WITHDRAWN, now, person
    publication.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    return _told(person, "withdraw", publication, now)


@transaction.atomic
def recall(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """Takes back a thing of any kind: gone from feeds, from its page and its pictures, from what is still to be told by
    mail, as all these read the state."""
    allow(rules.can_recall, person, publication, now=now)
    return withdraw(person=person, publication=publication, now=now)


@transaction.atomic
def recall_since(*, person: Person, author: Person, since: datetime.datetime, now: datetime.datetime) -> int:
    """All that an account published since then, or sent, of what `person` may recall; what waits for a head is a draft
    again. Returns how many things were shown."""
    mine = rules.publications_recallable_by(person, localdate(now)).filter(author=author)
    mine = Publication.objects.filter(pk__in=mine.values("pk")).select_for_update()
    for waiting in mine.filter(state=State.WAITING):
        send_back(person=person, publication=waiting, now=now)
    shown = list(mine.filter(state=State.PUBLISHED, published_at__gte=since).order_by("id"))
    for start in range(0, len(shown), CHUNK):
        _withdraw_many(person, shown[start : start + CHUNK], now)
    sent = sum(each.recall(person=person, author=author, since=since, now=now) for each in recalls.declared())
    return len(shown) + sent


def _withdraw_many(person, publications, now):
    """As `withdraw`, of hundreds at once: a thief publishes by the thousand."""
    rows = Publication.objects.filter(pk__in=[each.pk for each in publications])
    rows.update(state=State.WITHDRAWN, withdrawn_at=now, withdrawn_by=person)
    record_many(person_id=person.pk, verb="withdraw", subjects=publications, now=now)
    public = Reach.objects.filter(publication__in=rows, audience__startswith=f"{audiences.PUBLIC}:")
    sites = {audiences.split(audience).place_id for audience in public.values_list("audience", flat=True)}
    raise_generations(place_ids=sorted(sites))


@transaction.atomic
def silence(*, person: Person, accounts: list[Account], since: datetime.datetime, now: datetime.datetime) -> int:
    """Suspends these accounts and recalls all they published since then, in one act. Returns how many things were
    shown; an account that is closed already stays so."""
    count = 0
    for account in accounts:
        allow(rules.can_suspend, person, account, now=now)
        if account.is_active:
            suspend_account(account=account, person=person, now=now)
        count += recall_since(person=person, author=account.person, since=since, now=now)
    return count


@transaction.atomic
def restore(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """« Annuler » after withdrawing: published again, at its first date."""
    publication = _locked(publication, State.WITHDRAWN)
    publication.state, publication.withdrawn_at, publication.withdrawn_by = State.PUBLISHED, None, None
    publication.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    return _told(person, "restore", publication, now)


@transaction.atomic
def discard(*, publication: Publication) -> None:
    """Deletes a draft; what was published once is withdrawn, never deleted here."""
    _locked(publication, State.DRAFT).delete()


@transaction.atomic
def ask(*, publication: Publication, question: str | None) -> None:
    """Changes the question that families may ask their child, None to leave it; the room asked its rule."""
    if question is not None and publication.question != question.strip():
        publication.question = question.strip()
        publication.save(update_fields=["question"])


@transaction.atomic
def make_searchable(*, publication: Publication, text: str, title: str = "") -> None:
    """Keeps the words that a publication is found by. To be called when its content is written or changes."""
    SearchText.objects.update_or_create(
        publication=publication,
        defaults={"title_key": stems.key_of(title), "text_key": stems.key_of(f"{title} {text}")},
    )


@transaction.atomic
def touch(*, publication: Publication) -> None:
    """To be called when the content of a publication changes: its public pages are to be made again."""
    _renew_public_pages(publication)


def _reach(publication, audience, at):
    kind, _, of_id = audiences.split(audience)
    return Reach(publication=publication, audience=audience, at=at, child_id=of_id if kind == audiences.CHILD else None)


def _locked(publication, *expected):
    """The publication locked. Conflict when it was published, withdrawn or put back meanwhile."""
    locked = lock(publication)
    if locked.state not in expected:
        raise Conflict(CHANGED)
    return locked


def _moved(person, verb, publication, state, now):
    publication.state = state
    publication.save(update_fields=["state"])
    return _told(person, verb, publication, now)


def _told(person, verb, publication, now):
    _renew_public_pages(publication)
    record(
        person_id=person.pk, verb=verb, subject=publication, now=now, place_id=publication.place_id, fields=["state"]
    )
    return publication


def _renew_public_pages(publication):
    public = publication.reaches.filter(audience__startswith=f"{audiences.PUBLIC}:")
    for audience in public.values_list("audience", flat=True):
        raise_generation(place_id=audiences.split(audience).place_id)
