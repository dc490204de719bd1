"""What an adult decides of a page that pupils made: back to them, kept, shown to families."""

import datetime
import uuid
from collections.abc import Mapping
from types import MappingProxyType

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.lessons import rules
from preau.ent.lessons.actions.making import add_part
from preau.ent.lessons.actions.opening import bump
from preau.ent.lessons.models import Device, Goal, Work, WorkPart
from preau.ent.lessons.queries import reads_voices
from preau.ent.lessons.queries.outcomes import sending_of
from preau.ent.lessons.queries.works import Shown, shown
from preau.ent.portfolio import actions as notebooks
from preau.ent.portfolio import rules as notebook_rules
from preau.ent.portfolio.models import MOST_PICTURES, Page, Piece
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Scope
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.names import listed
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.documents import Document
from preau.media.images import Drawn
from preau.media.models import MOST_HEARD, Accord, Perimeter
from preau.media.queries.accords import without_accord
from preau.people.models import Person
from preau.places.models import Classroom

State, Sort, Kind = Work.State, WorkPart.Sort, Accord.Kind
CHANGED = "Les élèves ont ajouté quelque chose depuis\u00a0: regardez la page telle qu’elle est, puis recommencez."
NOT_WRITTEN = "Écrivez aussi la remarque\u00a0: un élève de cette page lit ce qui se dit."
NOT_HEARD = "Écrivez ce qu’on entend\u00a0: un élève qui lira cette page lit ce qui se dit."
NO_REMARK = "Dites en une ligne, ou à voix haute, ce qui est à reprendre."
EMPTY = "Il n’y a rien sur cette page."
WITH_OTHERS = "Fait à plusieurs."
NOT_READY = "Une voix de cette page se prépare encore\u00a0: recommencez dans une minute."
NOBODY = (
    "Ces élèves sont d’une autre classe\u00a0: leur cahier est tenu par leur enseignante ou leur enseignant, qui peut "
    "y mettre cette page."
)
NOTHING = MappingProxyType({})
ASKS = {Sort.PHOTO: Kind.IMAGE, Sort.DRAWING: Kind.WORK, Sort.TEXT: Kind.WORK, Sort.VOICE: Kind.VOICE}


@with_its_files()
@transaction.atomic
def return_work(
    *,
    person: Person,
    work: Work,
    now: datetime.datetime,
    remark: str = "",
    recording: tuple[Document, str] | None = None,
    version: int | None = None,
) -> Work:
    """Back to its pupils, with what to do again, written or said. Raises Refused, Conflict."""
    work = lock(work, *_BESIDE, version=version, changed=CHANGED)
    allow(rules.can_return_work, person, work, now=now)
    if not remark.strip() and not recording:
        raise Conflict(NO_REMARK, "remark")
    if not remark.strip() and reads_voices(work, Goal.NOTEBOOK, localdate(now)):
        raise Conflict(NOT_WRITTEN, "remark")
    for former in work.parts.filter(sort=Sort.REMARK):
        media.forget_joined(joined=former)
    if recording:
        add_part(work=work, part_id=uuid.uuid4(), sort=Sort.REMARK, made=recording[0], by=person, now=now)
    work = _moved(person, "work.return", work, now, state=State.RETURNED, returned_at=now, remark=remark.strip())
    back = Device.objects.filter(lesson=work.lesson_id, pupil__in=work.signers.values("pupil"))
    back.update(done_at=None)  # after its session, which `_moved` writes (entering.hold)
    return work


@transaction.atomic
def keep_work(
    *,
    person: Person,
    work: Work,
    now: datetime.datetime,
    heard: Mapping[uuid.UUID, str] = NOTHING,
    version: int | None = None,
) -> Work:
    """Read, and shown to nobody else: it stays with its pupils and who teaches them. `heard`: {voice: what one hears in
    it}. Raises Refused, Conflict."""
    work = lock(work, *_BESIDE, version=version, changed=CHANGED)
    allow(rules.can_keep_work, person, work, now=now)
    _write_heard(shown(Work.objects.filter(pk=work.pk))[0], Goal.NOTEBOOK, heard, now)
    return _kept(person, "work.keep", work, now)


@with_its_files()
@transaction.atomic
def show_work(
    *,
    person: Person,
    work: Work,
    now: datetime.datetime,
    goal: str = "",
    no_child: bool = False,
    heard: Mapping[uuid.UUID, str] = NOTHING,
    version: int | None = None,
) -> Work:
    """« Montrer aux familles »: a page in the notebook of each pupil, or a post of the class; what it holds is theirs
    from then on. While the notebook of a pupil of another class does not hold it, it waits for their teacher.
    `no_child`: no child without accord is recognised, nor heard; `heard`: as for `keep_work`. Raises Refused, Conflict,
    also while families read nothing."""
    work = lock(work, *_BESIDE, version=version, changed=CHANGED)
    allow(rules.can_keep_work, person, work, now=now)
    one = shown(Work.objects.filter(pk=work.pk))[0]
    parts = [part for part in one.made if not part.refused_at]
    if not parts:
        raise Conflict(EMPTY)
    if any(part.ready_at is None for part in parts):
        raise Conflict(NOT_READY)
    _write_heard(one, goal or work.goal, heard, now)
    if (goal or work.goal) == Goal.CLASS:
        _post(person, one, parts, no_child, now)
    elif not _write_in_notebooks(person, one, parts, now):
        waits = {"state": State.FINISHED, "finished_at": work.finished_at or now, "remark": ""}
        return _moved(person, "work.show", work, now, **waits)
    for part in work.parts.all():
        media.forget_joined(joined=part)
    return _kept(person, "work.show", work, now)


_BESIDE = ("classroom__school", "group__school")


def _write_heard(one: Shown, goal, heard, now):
    """Asked of its teacher where a pupil would not hear it; what nobody says now stays."""
    for part in one.voices:
        part.heard = heard.get(part.pk, part.heard).strip()[:MOST_HEARD]
        part.save(update_fields=["heard"])
    if any(not part.heard for part in one.voices) and reads_voices(one.work, goal, localdate(now)):
        raise Conflict(NOT_HEARD, "heard")


def _write_in_notebooks(person, one: Shown, parts, now) -> bool:
    """Whether each pupil's is written, by this teacher or by theirs before. In the notebook of one, what others made is
    shown where their families said yes."""
    today, pupils = localdate(now), [signer.pupil for signer in one.signers]
    kept = [pupil for pupil in pupils if notebook_rules.can_write_about(person, pupil, today)]
    if not kept:
        raise Conflict(NOBODY)
    hidden = {kind: _without(pupils, kind, Perimeter.CLASS, today) for kind in Kind}
    for pupil in kept:
        others = [each for each in pupils if each != pupil and each.pk not in hidden[Kind.WORK]]
        theirs = [part for part in parts if part.by_id == pupil.pk or part.by_id not in hidden[ASKS[part.sort]]]
        _write_pages(person, pupil, one.work, theirs, others, now)
    others = [sending_of(one.work, pupil.pk, 0) for pupil in pupils if pupil not in kept]
    return Page.objects.filter(once__in=others).count() == len(others)


def _write_pages(person, pupil, work, parts, others, now):
    """As many pages as its pictures and voices ask: one takes four of the first and one of the others."""
    pictures = [part for part in parts if part.is_picture]
    voices = [part for part in parts if part.sort == Sort.VOICE]
    text = "\n\n".join(part.text for part in parts if part.sort == Sort.TEXT)
    if others:
        text = f"{text}\n\nFait avec {_and(others)}.".strip()
    elif not (work.title or parts):  # all of it is by others, whose families have not said yes
        text = WITH_OTHERS
    for number in range(max(-(-len(pictures) // MOST_PICTURES), len(voices), 1)):
        held = pictures[number * MOST_PICTURES : (number + 1) * MOST_PICTURES]
        pieces = [notebooks.NewPiece(part.sort, _drawn(part)) for part in held]
        pieces += [
            notebooks.NewPiece(Piece.Sort.VOICE, _voice(part), heard=part.heard) for part in voices[number : number + 1]
        ]
        content = notebooks.Content(work.title, "" if number else text)
        once = sending_of(work, pupil.pk, number)
        said = {"children": [pupil], "content": content, "once": once, "pieces": pieces, "to": Page.State.APPROVED}
        notebooks.write_pages(person=person, now=now, **said)


def _post(person, one: Shown, parts, no_child, now):
    """Signed with the first names whose families agree to signed works, as the class's texts are."""
    today, work = localdate(now), one.work
    pupils = [signer.pupil for signer in one.signers]
    far = Perimeter.CLASS if isinstance(work.place, Classroom) else Perimeter.SCHOOL
    unnamed = _without(pupils, Kind.WORK, far, today)
    named = [pupil for pupil in pupils if pupil.pk not in unnamed]
    signed = _and(named) if len(named) == len(pupils) else f"{_and(named)} et d’autres élèves" if named else "Un élève"
    texts = [part.text for part in parts if part.sort == Sort.TEXT]
    text = "\n\n".join(filter(None, [work.title, *texts, signed]))
    pictures = [posts.NewPicture(_drawn(part), part.get_sort_display()) for part in parts if part.is_picture]
    scope = Scope.CLASS if isinstance(work.place, Classroom) else Scope.GROUP
    is_faceless = all(part.sort != Sort.PHOTO for part in parts)  # on a drawing nobody is recognised
    post = posts.write_post(
        person=person,
        place=work.place,
        scope=scope,
        text=text,
        pictures=pictures,
        no_child_declared=no_child or is_faceless,
        once=work.pk,
        now=now,
    )
    unheard = _without(pupils, Kind.VOICE, far, today)
    if voices := [part for part in parts if part.sort == Sort.VOICE and part.by_id not in unheard]:
        said = {"files": [(_voice(part), "Voix") for part in voices], "heard": [part.heard for part in voices]}
        posts.join_files(person=person, post=post, is_declared=no_child, now=now, **said)
    posts.publish_draft(person=person, post=post, now=now)


def _without(pupils, kind, perimeter, today):
    found = Person.objects.filter(pk__in=[pupil.pk for pupil in pupils])
    return set(without_accord(found, kind, perimeter, today).values_list("pk", flat=True))


def _and(pupils):
    return listed([pupil.first_name for pupil in pupils])


def _drawn(part):
    return Drawn(_read(part.path), _read(part.small_path), part.width, part.height)


def _voice(part):
    return Document("mp3", _read(part.path), seconds_count=part.seconds_count)


def _read(path):
    with default_storage.open(path) as file:
        return file.read()


def _kept(person, verb, work, now):
    finished = work.finished_at or now
    kept = {"state": State.KEPT, "finished_at": finished, "kept_at": now, "kept_by": person}
    return _moved(person, verb, work, now, **kept, returned_at=None, remark="")


def _moved(person, verb, work, now, **fields):
    for name, value in fields.items():
        setattr(work, name, value)
    work.version += 1
    work.save(update_fields=["version", *fields])
    record(person_id=person.pk, verb=verb, subject=work, now=now, place_id=work.place_id, fields=["state"])
    if work.lesson_id:
        bump(lesson_id=work.lesson_id)
    return work
