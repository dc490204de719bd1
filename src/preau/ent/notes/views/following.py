"""The mots of a space, and where the answers of one stand."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, UUIDField
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now

from preau.ent.notes import queries, rules
from preau.ent.notes.models import NoteFile
from preau.kit.answers import require
from preau.kit.pages.addresses import address
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import signed_in
from preau.people.prepared import PreparedFor
from preau.places.models import School
from preau.spaces.rules import spaces_visible_to

PAGE = 20


def _counted(person, today, *notes):
    targets = rules.targets_followed_by(person, today).filter(Q(*(("note", one) for one in notes), _connector=Q.OR))
    return queries.counts_of(targets, person, today)


def _followed(person, today, note_id):
    unread = NoteFile.objects.filter(note=OuterRef("note"), ready_at=None)
    targets = rules.followed_targets(person, today).filter(note=note_id).select_related("note__publication__notice")
    return targets.annotate(has_unread_files=Exists(unread))


FOLLOWED = PreparedFor(_followed, UUIDField)
COUNTED = PreparedFor(_counted, *[UUIDField] * PAGE)


@signed_in()
def classroom_notes(request, classroom_id):
    return _notes(request, "classroom", classroom_id)


@signed_in()
def group_notes(request, group_id):
    return _notes(request, "group", group_id)


@signed_in()
def school_notes(request, school_id):
    return _notes(request, "school", school_id)


@signed_in()
def note_follow(request, note_id):
    """Who answered, who did not and why, child by child."""
    person, today = request.person, localdate()
    note, targets = followed(request, note_id)
    require(rules.can_follow_note(person, note, today, targets=targets))
    shown_class = request.GET.get("classe", "")
    follow = queries.follow_up(note, targets, today, reader=person, shown_class=shown_class)
    context = {
        "note": note, "follow": follow, "now": now(),
        "has_unread_files": targets[0].has_unread_files,
    }  # fmt: skip
    return render(request, "notes/note_follow.html", context)


def followed(request, note_id):
    """(the mot, its targets that the person follows), in one read; 404 when none is theirs."""
    person, today = request.person, localdate()
    if not (targets := FOLLOWED.rows(person, today, note_id)):
        raise Http404
    return targets[0].note, targets


def _notes(request, kind, place_id):
    today, person = localdate(), request.person
    place = get_object_or_404(spaces_visible_to(person, kind, today), pk=place_id)
    require(rules.can_write_to(person, place, today))
    followed = rules.notes_followed_by(person, today)
    page = Paginator(queries.notes_sent_to(followed, place), PAGE).get_page(request.GET.get("page"))
    notes = list(page.object_list)
    filled = [note.pk for note in notes] + [notes[-1].pk] * (PAGE - len(notes)) if notes else []
    context = {
        "place": place, "is_school": isinstance(place, School), "page": page, "now": now(),
        "lines": queries.with_reach(notes, COUNTED.rows(person, today, *filled) if notes else ()),
        "write_url": address(f"notes:{kind}_write", place.pk),
        "tabs": tabs_of(kind, place, person=person, today=today, path=request.path),
    }  # fmt: skip
    return render(request, "notes/note_list.html", context)
