"""Writing the pages of notebooks, with what they hold."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.portfolio import domains, queries, rules
from preau.ent.portfolio.actions.deciding import approve_page, propose_page, require_words, show, tell_journal
from preau.ent.portfolio.models import MOST_OBSERVED, MOST_PICTURES, Page, Piece
from preau.kit import rich
from preau.kit.answers import Conflict, allow
from preau.kit.dates import school_year_label
from preau.kit.names import tidy_line
from preau.kit.rows import CHANGED, lock
from preau.kit.stored import store, with_its_files
from preau.media import actions as media
from preau.media.documents import Document, voice_id
from preau.media.images import Drawn
from preau.people.models import Person
from preau.spaces.queries.search import key_of

State = Page.State
TASK = "preau.ent.portfolio.tasks.settle_piece"
NOBODY = "Aucun élève n’est choisi\u00a0: cochez au moins un nom."
NOTHING = "Rien n’est sur cette page\u00a0: écrivez une phrase, ou ajoutez une photo, un dessin ou une voix."
TOO_MANY = f"Une page a {MOST_PICTURES} images au plus, dessin compris\u00a0: retirez-en une d’abord."
ONE_VOICE = "Une page a une seule voix\u00a0: retirez-la d’abord."


@dataclass(frozen=True)
class NewPiece:
    """A picture that `media.images` has drawn, or the recording that `media.voices.take` let in."""

    sort: str
    made: Drawn | Document
    alt: str = ""
    heard: str = ""  # in a recording

    @property
    def is_voice(self) -> bool:
        return self.sort == Piece.Sort.VOICE


@dataclass(frozen=True)
class Content:
    """What a page says: its words, the domains of the nursery programme (codes), what was observed in each."""

    title: str = ""
    text: str = ""
    domains: Iterable[str] = field(default_factory=tuple)
    observed: Mapping[str, str] = field(default_factory=dict)


@with_its_files()
@transaction.atomic
def write_pages(
    *,
    person: Person,
    children: list[Person],
    content: Content,
    once: uuid.UUID,
    now: datetime.datetime,
    pieces: Iterable[NewPiece] = (),
    to: str = State.DRAFT,
) -> list[Page]:
    """The same page in the notebook of each of these children; `to` is the state it goes to: a draft, shown to the
    families by an adult, given to read over by a pupil. `once` names the sending: sent twice, it is written once,
    and its last words stay, with all its pictures. Raises Refused, Conflict."""
    if not children:
        raise Conflict(NOBODY, "children")
    lock(person, no_key=True)  # pressed twice at once, the second finds what the first wrote
    known = Page.objects.filter(once=once, child__in=children, author=person).order_by("id")
    pieces = list(pieces)
    written = [_sent_again(person, page, content, pieces, to, now) for page in known]
    children = [child for child in children if child.pk not in {page.child_id for page in written}]
    if not children:
        return written
    today = localdate(now)
    for child in children:
        allow(rules.can_write_about, person, child, now=now)
    found = queries.enrolments_of(children, today)
    pages = [_new_page(person, found[child.pk], content, once, now) for child in children]
    for page in pages:
        page.save(force_insert=True)
        _hang(page, pieces, now)
        tell_journal(person=person, verb="notebook.write", page=page, now=now, fields=["title", "text", "domains"])
    _refuse_empty(pages[0], pieces)
    return written + [_gone_to(person, page, to, now) for page in pages]


def _sent_again(person, page, content, pieces, to, now):
    """From a page that was slow to answer: the last words stay, what was not there yet is added, and it goes as far as
    was last asked. Another voice than the one that is there is refused and said: a page has one."""
    before = page.title, page.text, page.domains, page.observed
    _say(page, content)
    held = {told for each in page.pieces.all() for told in (each.weight, each.pk)}
    added = [p for p in pieces if (voice_id(page.pk, p.made) if p.is_voice else p.made.weight) not in held]
    if added or (page.title, page.text, page.domains, page.observed) != before:
        if page.version > 1:
            raise Conflict(CHANGED, "text")  # changed on its own page since
        page = edit_page(person=person, page=page, content=content, version=1, now=now, added=added)
    if page.state == State.DRAFT and to == State.APPROVED:
        return approve_page(person=person, page=page, now=now)
    return propose_page(person=person, page=page, now=now) if (page.state, to) == (State.DRAFT, State.WAITING) else page


def _new_page(person, enrolment, content, once, now):
    page = Page(
        child=enrolment.pupil,
        city=enrolment.school.city,
        school=enrolment.school,
        classroom=enrolment.classroom,
        school_year=school_year_label(localdate(now)),
        level=queries.level_of(enrolment),
        author=person,
        once=once,
        created_at=now,
    )
    _say(page, content)
    return page


def _gone_to(person, page, to, now):
    if to == State.APPROVED:
        return show(person=person, page=page, now=now)
    if to == State.WAITING:
        page.state = to
        page.save(update_fields=["state"])
        tell_journal(person=person, verb="notebook.propose", page=page, now=now, fields=["state"])
    return page


@with_its_files()
@transaction.atomic
def edit_page(
    *,
    person: Person,
    page: Page,
    content: Content,
    version: int | None,
    now: datetime.datetime,
    added: Iterable[NewPiece] = (),
    removed: Iterable[uuid.UUID] = (),
    heard: str | None = None,
) -> Page:
    """Changes a page; what a family already reads, it reads so at once. `heard`: what one hears in its voice, where it
    is said. Raises Refused, Conflict."""
    page = lock(page, "classroom__school", "child", version=version)
    allow(rules.can_change_page, person, page, now=now)
    _say(page, content)
    page.version += 1
    page.save()
    for piece in page.pieces.filter(pk__in=list(removed)):
        media.forget_joined(joined=piece)
    _hang(page, list(added), now)
    if heard is not None:
        page.pieces.filter(sort=Piece.Sort.VOICE).update(heard=heard.strip())
    if page.state == State.APPROVED:
        require_words(page=page)
    _refuse_empty(page, page.pieces.all()[:1])
    tell_journal(person=person, verb="notebook.edit", page=page, now=now, fields=["title", "text", "domains"])
    return page


def _say(page, content):
    page.title, page.text = tidy_line(content.title)[:120], rich.tidy(content.text)
    page.html = rich.from_text(page.text)
    observed = {code: tidy_line(words)[:MOST_OBSERVED] for code, words in content.observed.items()}
    page.observed = {code: observed[code] for code in domains.labels() if observed.get(code)}
    page.domains = [code for code in domains.labels() if code in {*content.domains, *page.observed}]
    said = " ".join([page.title, page.text, *page.observed.values()])
    page.title_key, page.text_key = key_of(page.title), key_of(said)


def _refuse_empty(page, pieces):
    if not (page.title or page.text or page.observed or pieces):
        raise Conflict(NOTHING)


def _hang(page, pieces, now):
    """Pictures are there at once; a voice once a job has written it again."""
    held = list(page.pieces.values_list("sort", flat=True)) if not page._state.adding else []
    sorts = held + [each.sort for each in pieces]
    if len([sort for sort in sorts if sort != Piece.Sort.VOICE]) > MOST_PICTURES:
        raise Conflict(TOO_MANY, "pictures")
    if sorts.count(Piece.Sort.VOICE) > 1:
        raise Conflict(ONE_VOICE, "recording")
    for each in pieces:
        piece = Piece(
            page=page, school=page.school, sort=each.sort, alt=each.alt.strip()[:200], heard=each.heard.strip()
        )
        piece.label = piece.get_sort_display()
        if each.is_voice:
            piece.pk = voice_id(page.pk, each.made)
            media.keep_joined(joined=piece, document=each.made, now=now)
            media.settle_soon(joined=piece, task=TASK)
        else:
            piece.width, piece.height = each.made.width, each.made.height
            media.keep_joined(joined=piece, document=Document("webp", each.made.picture), now=now)
            store(piece.small_path, each.made.thumbnail)


def settle_pieces(*, now: datetime.datetime) -> int:
    """Voices whose job ended half-way, and those that the antivirus had not answered for. Returns how many."""
    return media.settle_waiting(tables=[Piece], settle=lambda file, now: settle_piece(piece=file, now=now), now=now)


def settle_piece(*, piece: Piece, now: datetime.datetime) -> bool:
    """Makes one voice ready, or refuses it: who wrote the page then reads why."""
    return media.settle_found(joined=piece, settle=media.settle_joined, now=now)
