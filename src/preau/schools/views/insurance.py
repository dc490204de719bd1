"""« Attestations d’assurance » of a class: one press a child, once a year."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.dates import school_year_label
from preau.kit.names import of_name
from preau.kit.views import press, signed_in
from preau.schools import actions, queries, rules
from preau.schools.rules.insurance import can_note_insurance


@signed_in()
def insurances(request, classroom_id):
    """Who has none first."""
    classroom, today = _classroom(request, classroom_id), localdate()
    pupils = [enrolment.pupil for enrolment in queries.class_list(classroom, today)]
    given = queries.insured([pupil.pk for pupil in pupils], today)
    lines = sorted(((pupil, pupil.pk in given) for pupil in pupils), key=lambda line: line[1])
    context = {
        "classroom": classroom, "lines": lines, "missing_count": len(pupils) - len(given),
        "year": school_year_label(today),
    }  # fmt: skip
    return render(request, "schools/insurances.html", context)


@signed_in("POST")
def insurance_note(request, classroom_id, pupil_id):
    """Handed in, or taken back."""
    classroom, today = _classroom(request, classroom_id), localdate()
    pupil = get_object_or_404(rules.pupils_visible_to(request.person, today), pk=pupil_id)
    given = bool(request.POST.get("given"))
    act = {"person": request.person, "classroom": classroom, "pupil": pupil, "is_given": given, "now": now()}
    done = (
        f"C’est noté\u00a0: l’attestation {of_name(pupil.full_name)} {'est remise' if given else 'n’est pas remise'}."
    )
    press(request, lambda: actions.note_insurance(**act), done)
    return redirect("schools:insurances", classroom_id=classroom.pk)


def _classroom(request, classroom_id):
    visible = rules.classrooms_visible_to(request.person, localdate()).select_related("school")
    classroom = get_object_or_404(visible, pk=classroom_id)
    require(can_note_insurance(request.person, classroom, localdate()))
    return classroom
