"""The accords of a class, for its teacher and the head, and what they copy from a signed paper."""

from django.contrib import messages
from django.db.models import UUIDField
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import signed_in, submit
from preau.media import actions, rules
from preau.media.forms import PaperForm
from preau.media.models import Accord, Perimeter
from preau.media.queries.accords import answers_of, class_lines, pupils_of_class
from preau.people.prepared import PreparedFor

NOTED = "C’est noté, avec votre nom et le jour. Gardez le papier signé à l’école."
PUPILS = PreparedFor(
    lambda person, today, room: pupils_of_class(rules.pupils_followed_by(person, today), room, today), UUIDField
)


@signed_in()
def classroom_accords(request, classroom_id):
    """Who may be shown, by name, and how far."""
    today = localdate()
    classroom = get_object_or_404(rules.classrooms_visible_to(request.person, today), pk=classroom_id)
    require(rules.can_follow_class(request.person, classroom, today))
    lines = class_lines(PUPILS.rows(request.person, today, classroom.pk))
    context = {
        "classroom": classroom, "lines": lines, "perimeters": Perimeter, "kinds": Accord.Kind,
        "tabs": tabs_of("classroom", classroom, person=request.person, today=today, path=request.path),
    }  # fmt: skip
    return render(request, "media/classroom_accords.html", context)


@signed_in("GET", "POST")
def pupil_accords(request, pupil_id):
    """What each holder of authority answered, and a form for the paper of one of them."""
    today = localdate()
    pupil = get_object_or_404(rules.pupils_followed_by(request.person, today), pk=pupil_id)
    lines = answers_of(pupil, today)
    asked = request.POST.get("guardian") or request.GET.get("responsable", "")
    line = next((one for one in lines if str(one.guardian.pk) == asked), None)
    guardian, form = line and line.guardian, None
    if guardian:
        require(rules.can_note_accord(request.person, pupil, guardian, today))
        form = PaperForm(request.POST or None, known=line.answers)
        if submit(request, form, lambda **_: _note(request.person, guardian, pupil, form)):
            messages.success(request, NOTED)
            return redirect("media:pupil_accords", pupil_id=pupil.pk)
    context = {"pupil": pupil, "lines": lines, "guardian": guardian, "form": form}
    return render(request, "media/pupil_accords.html", context, status=422 if form and form.errors else 200)


def _note(person, guardian, pupil, form):
    actions.say_accords(person=person, guardian=guardian, child=pupil, answers=form.answers(), now=now())
