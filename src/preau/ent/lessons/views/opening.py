"""« Ouvrir une séance », for a class, a group or a dispositif."""

from functools import partial

from django.contrib import messages
from django.db.models import UUIDField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now

from preau.ent.lessons import actions, queries, rules
from preau.ent.lessons.forms import OpenForm
from preau.ent.lessons.models import MOST_FILES
from preau.ent.lessons.queries.words import groups_and_words, read_groups_and_words
from preau.kit.answers import Conflict, Refused, require
from preau.kit.bodies import of_files
from preau.kit.names import of_name
from preau.kit.views import form_page, signed_in, submit
from preau.people.prepared import PreparedFor
from preau.schools import rules as register
from preau.schools.rules.cards import can_keep_cards
from preau.schools.rules.groups import groups_helped_by, groups_led_by


def _classroom(person, today, asked):
    visible = register.classrooms_visible_to(person, today)
    return queries.with_last_lesson(visible.annotate(pictureless_count=queries.without_pictures(today)), asked)


def _led_in(person, today, school, classroom=None):
    groups = queries.groups_of_year(groups_led_by(person, today), school, today)
    return groups_and_words(groups, rules.words_given_by(person, today), classroom)


def _led(person, today, group):
    return groups_and_words(groups_led_by(person, today).filter(pk=group), rules.words_given_by(person, today))


CLASSROOM = PreparedFor(_classroom, UUIDField)
GROUP = PreparedFor(
    lambda person, today, asked: queries.with_last_lesson(groups_helped_by(person, today), asked), UUIDField
)
OF_CLASS, OF_SCHOOL = PreparedFor(_led_in, UUIDField, UUIDField), PreparedFor(_led_in, UUIDField)
OF_GROUP = PreparedFor(_led, UUIDField)
HOW = "Les tablettes demandent à entrer, vous les acceptez, chaque élève touche son image."


@signed_in("GET", "POST", takes=of_files(MOST_FILES + 1))
def classroom_lesson(request, classroom_id, means):
    """For a class, or a group that its teacher leads."""
    person, today = request.person, localdate()
    classroom, last = _with_last_lesson(CLASSROOM.rows(person, today, classroom_id))
    if board := _under_way(request, last):
        return board
    require(rules.can_open_lesson(person, classroom, today))
    is_told = not classroom.is_nursery and can_keep_cards(person, classroom, today)
    pictureless_count = classroom.pictureless_count if is_told else 0
    rows = OF_CLASS.rows(person, today, classroom.school_id, classroom.pk)
    groups, words = read_groups_and_words(rows, classroom.school)
    return _form(request, means, [classroom, *groups], words, last, pictureless_count)


@signed_in("GET", "POST", takes=of_files(MOST_FILES + 1))
def group_lesson(request, group_id, means):
    """For a group or a dispositif."""
    person, today = request.person, localdate()
    group, last = _with_last_lesson(GROUP.rows(person, today, group_id))
    if board := _under_way(request, last):
        return board
    places, words = read_groups_and_words(OF_GROUP.rows(person, today, group.pk), group.school)
    require(rules.can_open_for(places, rules.NOT_OPENED))
    return _form(request, means, places, words, last)


@signed_in("GET", "POST", takes=of_files(MOST_FILES + 1))
def school_lesson(request, school_id, means):
    """For one of the groups of a school, of who serves in no class of it."""
    person, today = request.person, localdate()
    school = get_object_or_404(register.schools_visible_to(person, today), pk=school_id)
    places, words = read_groups_and_words(OF_SCHOOL.rows(person, today, school.pk), school)
    require(rules.can_open_for(places, rules.NO_GROUP))
    return _form(request, means, places, words)


def _under_way(request, last):
    """To the board of this session when it is open, also for who helps there."""
    if last and last.is_open(now()) and rules.can_help_in_lesson(request.person, last, localdate()):
        return redirect("lessons:board", lesson_id=last.pk)
    return None


def _with_last_lesson(rows):
    """(the class or the group that was found, its last session)"""
    if not rows:
        raise Http404
    return rows[0], queries.last_lesson_in(rows[0])


def _form(request, means, places, words, last=None, pictureless_count=0):
    """For which of these places, what the pupils will do, with what the plan lends, and « Ouvrir »."""
    at, person, first = now(), request.person, places[0]
    offer = means.offered(person=person, school=first.school, last=last, now=at)
    form = OpenForm(request.POST or None, request.FILES or None, offer=offer, places=places, words=words)

    def open_lesson(place=first, room="", minutes=0, kit="", **said):
        found = queries.last_lesson_of(place)
        if found and found.is_open(at):
            messages.info(request, f"La séance {of_name(str(place))} était déjà ouverte\u00a0: la voici.")
            return found
        lesson = actions.open_lesson(person=person, place=place, now=at, **said)
        messages.success(request, f"La séance est ouverte pour {place}. Les tablettes peuvent demander à entrer.")
        given = {"person": person, "lesson": lesson, "now": at}
        if kit:
            lent(request, partial(means.take_kit, kit=kit, **given))
        if room:
            lent(request, partial(means.put_on, room=room, minutes=minutes, **given))
        return lesson

    if lesson := submit(request, form, open_lesson):
        return redirect("lessons:board", lesson_id=lesson.pk)
    return form_page(
        request,
        form,
        template="lessons/given_form.html",
        title="Ouvrir une séance",
        eyebrow=str(first if len(places) == 1 else first.school),
        button="Ouvrir la séance",
        lead=f"{HOW} {offer.why_no_wifi}".strip(),
        last=last,
        pictureless_count=pictureless_count,
        place=first,
        unsent=queries.awaited_of(last) if last else [],
    )


def lent(request, act):
    """An act of the plan: what it refuses is said in its sentence, and the session goes on."""
    try:
        return act()
    except (Refused, Conflict) as refused:
        messages.warning(request, refused.reason)
        return None
