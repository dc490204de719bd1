"""What guardians answer about a child's image, voice and work; who is marked on a picture."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import rules
from preau.media.actions.hiding import move_files
from preau.media.models import Accord, Marking, Perimeter, Picture
from preau.people.models import Person
from preau.spaces import actions as spaces

IMAGE, NO = Accord.Kind.IMAGE, Accord.Answer.NO


@with_its_files()
@transaction.atomic
def say_accord(
    *,
    person: Person,
    guardian: Person,
    child: Person,
    kind: str,
    perimeter: int,
    answer: str,
    now: datetime.datetime,
) -> Accord:
    """The answer of a guardian, on their screen, or from a paper that they signed when `person` is another. The last
    one counts; the same again changes nothing. A refusal takes back at once the pictures where the child is marked:
    what reads them asks `queries.accords`, their addresses change and public pages are made again."""
    lock(child)
    if person == guardian:
        allow(rules.can_say_accord, person, child, now=now)
    else:
        allow(rules.can_note_accord, person, child, guardian, now=now)
    about = {"child": child, "guardian": guardian, "kind": Accord.Kind(kind), "perimeter": Perimeter(perimeter)}
    known = Accord.objects.current().filter(**about).first()
    if known and known.answer == answer:
        return known
    if known:
        known.replaced_at = now
        known.save(update_fields=["replaced_at"])
    paper = {} if person == guardian else {"way": Accord.Way.PAPER, "noted_by": person}
    accord = Accord.objects.create(**about, answer=Accord.Answer(answer), at=now, **paper)
    record(person_id=person.pk, verb="accord.say", subject=accord, now=now, fields=["answer"])
    if accord.kind == IMAGE:
        _renew(child, perimeter, moves=accord.answer == NO)
    return accord


@with_its_files()
@transaction.atomic
def say_accords(
    *, person: Person, guardian: Person, child: Person, answers: Mapping[tuple[str, int], str], now: datetime.datetime
) -> list[Accord]:
    """Several at once: {(kind, perimeter): answer}."""
    about = {"person": person, "guardian": guardian, "child": child, "now": now}
    return [
        say_accord(**about, kind=kind, perimeter=perimeter, answer=answer)
        for (kind, perimeter), answer in answers.items()
    ]


def _renew(child, perimeter, *, moves):
    """Public pages that show the child are made again; signed addresses already given lead nowhere."""
    marked = Picture.objects.filter(markings__child=child, perimeter__gte=perimeter)
    for picture in marked.select_related("publication"):
        if moves:
            move_files(picture=picture)
        spaces.touch(publication=picture.publication)


@transaction.atomic
def mark_child(*, person: Person, picture: Picture, child: Person, now: datetime.datetime) -> Marking:
    """« Cet enfant est sur la photo »: the room of the publication asked its rule. Marked twice, it is once."""
    marking, is_new = Marking.objects.get_or_create(
        picture=picture, child=child, defaults={"marked_by": person, "marked_at": now}
    )
    if is_new:
        record(person_id=person.pk, verb="picture.mark", subject=marking, now=now)
        spaces.touch(publication=picture.publication)
    return marking


@transaction.atomic
def unmark_child(*, person: Person, picture: Picture, child: Person, now: datetime.datetime) -> None:
    """Hidden since, or marked by mistake."""
    marking = Marking.objects.filter(picture=picture, child=child).first()
    if marking:
        record(person_id=person.pk, verb="picture.unmark", subject=marking, now=now)
        marking.delete()
        spaces.touch(publication=picture.publication)
