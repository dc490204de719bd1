"""Mots of a class in bulk, with who was expected and what families did of them, as the acts leave them."""

import datetime
from typing import NamedTuple
from uuid import UUID

from preau.demo.rows.posts import html_of, moment_of, words_of
from preau.ent.notes.models import KIND, Answer, Nature, Note, NoteTarget, audience_of
from preau.notify.models import Expected, Notice
from preau.spaces.models import Publication, Reach, SearchText

WEEK = datetime.timedelta(days=7)  # older than those that the demo plays: these stay the newest
HOUR = datetime.timedelta(hours=1)
WORDING, TITLE = "reunion", "Réunion de parents"
TEXT = "Nous parlons de la classe et du travail de vos enfants. Venez à dix-huit heures, par le portail."
SEEN, SIGNED, BACK, AGAINST = 6, 5, 3, 40  # one in so many has not read, signed, given the paper back, or says no


class Family(NamedTuple):
    """One guardian of one child of the class."""

    child_id: UUID
    guardian_id: UUID
    has_account: bool


def mot_rows(made, classroom, teacher, families, count, bulk):
    """Adds `count` mots of the teacher to `made`, to sign and to read in turn, spread since September."""
    for rank in range(count):
        moment = moment_of(bulk.today - WEEK, rank, count)
        note = _note_row(made, classroom, teacher, (Nature.SIGN, Nature.SEE)[rank % 2], moment)
        at_once = {"published_at": moment, "leaves_at": moment, "frozen_at": moment, "told_at": moment}
        notice = Notice(publication=note.publication, level=note.level, asked_by=teacher, **at_once)
        made.add(notice)
        traced = {"actor_id": teacher.pk, "at": moment}
        made.trace(bulk, "open_draft", note.publication, place=classroom, **traced)
        made.trace(bulk, "publish", note.publication, place=classroom, fields=["state"], **traced)
        made.trace(bulk, "notify.announce", notice, **traced)
        for place, family in enumerate(families):
            _family_rows(made, note, notice, family, place + rank, bulk)  # each misses some


def _note_row(made, classroom, teacher, nature, moment):
    dated = {"state": Publication.State.PUBLISHED, "created_at": moment, "published_at": moment}
    publication = made.add(Publication(classroom=classroom, kind=KIND, author=teacher, **dated))
    made.add(Reach(publication=publication, audience=audience_of(classroom), at=moment))
    made.add(SearchText(publication=publication, **words_of(TEXT, TITLE)))
    said = {"title": TITLE, "text": TEXT, "html": html_of(TEXT), "nature": nature, "wording": WORDING}
    note = made.add(Note(publication=publication, confirmed_at=moment, **said))
    made.add(NoteTarget(note=note, classroom=classroom))
    return note


def _family_rows(made, note, notice, family, place, bulk):
    """On screen for who has an account, else on paper."""
    sent, read_at = notice.published_at, notice.published_at + HOUR * (1 + place % 24)
    is_seen = family.has_account and place % SEEN > 0
    is_printed = not family.has_account
    is_back = is_printed and place % BACK > 0
    expected = made.add(
        Expected(
            notice=notice,
            person_id=family.guardian_id,
            child_id=family.child_id,
            added_at=sent,
            seen_at=read_at if is_seen else None,
            paper_out_at=sent + 24 * HOUR if is_printed else None,
            paper_back_at=sent + 48 * HOUR if is_back else None,
        )
    )
    if is_printed:
        made.trace(bulk, "notify.print_coupon", expected, actor_id=notice.asked_by_id, at=expected.paper_out_at)
    if is_back:
        made.trace(bulk, "notify.paper_back", expected, actor_id=notice.asked_by_id, at=expected.paper_back_at)
    if is_back or is_seen and (note.nature == Nature.SEE or place % SIGNED):
        _answer_row(made, note, family, expected, place, bulk)


def _answer_row(made, note, family, expected, place, bulk):
    agreed = Answer.Agreed.NO if place % AGAINST == AGAINST - 1 else Answer.Agreed.YES
    at = expected.seen_at or expected.paper_back_at
    answer = made.add(
        Answer(
            note=note,
            child_id=family.child_id,
            guardian_id=family.guardian_id,
            version=1,
            agreed="" if note.nature == Nature.SEE else agreed,
            answered_at=at,
            paper_at=expected.paper_back_at,
        )
    )
    if expected.seen_at:
        place, said = note.publication.place, ["answered_at"]
        made.trace(bulk, "note.answer", answer, place=place, actor_id=family.guardian_id, at=at, fields=said)
