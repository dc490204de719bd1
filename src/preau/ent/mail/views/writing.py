"""Whom one may write to, and the first message."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.mail import actions, rules
from preau.ent.mail.forms import FirstMessageForm
from preau.ent.mail.models import MOST_FILES
from preau.ent.mail.queries.standings import beside, correspondents
from preau.ent.mail.table import CAPS, Part, rows
from preau.ent.mail.views.conversations import sent_words
from preau.kit.bodies import of_files
from preau.kit.ids import ids_of
from preau.kit.views import public, signed_in, submit
from preau.media.actions import note_dangerous
from preau.media.fields import is_dangerous
from preau.people.prepared import PreparedFor

FEW = 6  # schools drawn as buttons; more are chosen in a list
SCHOOLS = PreparedFor(lambda person, today: rules.schools_written_in(person, today).order_by("name", "id"))


@public(is_family=True)
def who(request):
    """« Qui peut écrire à qui »: the table itself."""
    return render(request, "mail/who.html", {"rows": rows()})


@signed_in(is_family=True)
def choose(request):
    """People of one school, those of a class when one writes to families; nobody else is named."""
    person, today = request.person, localdate()
    schools = SCHOOLS.rows(person, today)
    chosen = _asked(request, "ecole", schools) or (schools[0] if len(schools) == 1 else None)
    rooms = list(rules.classrooms_written_to(person, chosen, today)) if chosen else []
    room = _asked(request, "classe", rooms) or (rooms[0] if len(rooms) == 1 else None)
    found = correspondents(person, chosen, today, classroom_id=room and room.pk) if chosen else []
    context = {"schools": schools, "few": FEW, "school": chosen, "rooms": rooms, "room": room, "found": found}
    return render(request, "mail/choose.html", context)


@signed_in("GET", "POST", takes=of_files(MOST_FILES), is_family=True)
def write(request, school_id, correspondent_id):
    """The first message to somebody the table lets be written to; to nobody else there is such a page."""
    person, today = request.person, localdate()
    school = get_object_or_404(rules.schools_written_in(person, today), pk=school_id)
    found = correspondents(person, school, today, other=correspondent_id)
    child_id = next(iter(ids_of([request.GET.get("enfant", "")])), None)
    first = next((each for each in found if _is(each, correspondent_id, child_id)), None)
    if first is None:
        raise Http404
    others = beside(first, found) if CAPS[first.link.part].persons_at_once > 1 else []
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FirstMessageForm(*posted, beside=others, is_child=first.link.part == Part.PUPIL)
    sent = {"person": person, "school": school, "child": first.child, "now": now()}
    conversation = submit(
        request, form, lambda others, **said: actions.begin(to=[first.person, *others], **sent, **said)
    )
    if conversation:
        messages.success(request, sent_words(first.link.part))
        return redirect("mail:conversation", conversation_id=conversation.pk)
    if is_dangerous(form):
        note_dangerous(person=person, school=school, now=now())
    context = {"form": form, "first": first, "school": school}
    return render(request, "mail/write.html", context, status=422 if form.errors else 200)


def _is(each, correspondent_id, child_id):
    return each.person.pk == correspondent_id and child_id in (None, each.link.child_id)


def _asked(request, name, rows):
    asked = request.GET.get(name, "")
    return next((row for row in rows if str(row.pk) == asked), None)
