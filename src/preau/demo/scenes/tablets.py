"""What pupils made on tablets in the last session of a class: drawings, texts, a voice where ffmpeg is. In the home
class one page is made by three, one is given back with a remark, one is under way; the others wait to be read over. In
the nursery class two pages went to notebooks, one to the class page, two wait."""

import datetime
import uuid

from preau.demo.pictures import DRAWINGS
from preau.demo.scenes.enclosures import TUNE_HEARD, tune
from preau.ent.lessons import actions
from preau.ent.lessons.models import Goal, WorkPart
from preau.media import voices
from preau.media.images import draw_here

Sort = WorkPart.Sort
TITLE = "La marelle de la cour"
STEP = datetime.timedelta(minutes=4)
# (drawing, text, whether a voice is said) of each, rank after rank of the tablets.
MADE = (
    ("hopscotch", "On lance le palet sur le un, et on saute jusqu’au ciel.", False),
    ("colours", "Ma marelle est rouge, bleue et jaune.", False),
    ("leaves", "", True),
    ("radishes", "J’ai compté six cases.", False),
    ("boats", "", False),
)
NURSERY_TITLE = "Dans la cour"
BY_THE_YOUNGEST = (
    ("hopscotch", "", True),
    ("colours", "", False),
    ("hopscotch", "", False),
    ("boats", "", True),
    ("leaves", "", False),
)
SHOWN = {0: Goal.NOTEBOOK, 1: Goal.NOTEBOOK, 2: Goal.CLASS}  # by rank
TOGETHER, RETURNED, UNDER_WAY = 1, 3, 4  # ranks
REMARK = "Compte encore une fois, puis dessine les cases qui manquent."


def make_pages(teacher, tablets, now):
    """By the pupils who are in on these tablets."""
    for tablet in tablets:
        tablet.refresh_from_db()
    for rank, (tablet, made) in enumerate(zip(tablets, MADE, strict=False)):
        work = _page(tablet, rank, *made, now + STEP)
        if rank == TOGETHER:
            _join(tablet, work, tablets[5:7], now + 2 * STEP)
        if rank != UNDER_WAY:
            actions.say_finished(device=tablet, work=work, is_done=True, now=now + 4 * STEP)
        if rank == RETURNED:
            actions.return_work(person=teacher, work=work, remark=REMARK, now=now + 5 * STEP)


def make_nursery_pages(teacher, tablets, now):
    """Drawn and said; the teacher shows some of them to families the same day."""
    for tablet in tablets:
        tablet.refresh_from_db()
    for rank, (tablet, made) in enumerate(zip(tablets, BY_THE_YOUNGEST, strict=False)):
        work = _page(tablet, rank, *made, now + STEP)
        actions.say_finished(device=tablet, work=work, is_done=True, now=now + 4 * STEP)
        if goal := SHOWN.get(rank):
            heard = {part.pk: TUNE_HEARD for part in work.parts.filter(sort=Sort.VOICE)}
            actions.show_work(person=teacher, work=work, goal=goal, heard=heard, now=now + 6 * STEP)


def _page(tablet, rank, drawing, text, is_said, now):
    drawn = draw_here(DRAWINGS[drawing][0](rank), "dessin.jpg")
    work = _put(tablet, uuid.uuid4(), Sort.DRAWING, drawn, now).work
    if text:
        _put(tablet, work.pk, Sort.TEXT, text, now + STEP)
    if is_said and voices.programme():
        said = _put(tablet, work.pk, Sort.VOICE, voices.take(tune(), "voix.wav"), now + STEP)
        actions.settle_part(part=said, now=now + STEP)  # what its job would do a moment later
    return work


def _join(tablet, work, others, now):
    for other in others:
        actions.invite(device=tablet, work_id=work.pk, pupil_id=other.pupil_id, now=now)
        _put(other, work.pk, Sort.TEXT, "Moi, je saute à cloche-pied.", now + STEP)


def _put(tablet, page, sort, made, now):
    return actions.keep_part(device=tablet, work_id=page, part_id=uuid.uuid4(), sort=sort, made=made, now=now)
