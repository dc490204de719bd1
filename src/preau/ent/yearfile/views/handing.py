"""The end of the day: to whom each child is handed over."""

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.ent.yearfile import rules
from preau.ent.yearfile.queries.handing import hand_overs
from preau.kit.answers import require
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import signed_in


@signed_in()
def classroom_handing(request, classroom_id):
    """A class, child by child; telephones for who may call the families."""
    person, today = request.person, localdate()
    visible = rules.classrooms_handed_over_by(person, today).select_related("school")
    classroom = get_object_or_404(visible, pk=classroom_id)
    require(rules.can_hand_over(person, classroom, today))
    calls = bool(rules.can_follow_class(person, classroom, today))
    lines, own_count = hand_overs(classroom, today, person, with_phones=calls)
    context = {"classroom": classroom, "lines": lines, "own_count": own_count, "calls": calls}
    context["tabs"] = tabs_of("classroom", classroom, person=person, today=today, path=request.path)
    return render(request, "yearfile/classroom_handing.html", context)
