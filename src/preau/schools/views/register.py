"""Reading: the school, a class, a pupil."""

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.answers import require
from preau.kit.views import signed_in
from preau.people.queries import schools_worked_in
from preau.schools import queries, rules
from preau.schools.rules.cards import can_keep_cards
from preau.schools.rules.displays import can_arrange_display
from preau.schools.rules.insurance import can_note_insurance
from preau.schools.sheets import sheets_withheld


@signed_in()
def school(request, school_id):
    """« Élèves et équipes »: classes, pupils without a class, groups."""
    today, person = localdate(), request.person
    school = get_object_or_404(rules.schools_visible_to(person, today).select_related("city"), pk=school_id)
    require(rules.can_keep_register(person, school, today))
    return render(request, "schools/school.html", {"school": school, "register": queries.register_of(school, today)})


@signed_in()
def classroom(request, classroom_id):
    """A class list."""
    today, person = localdate(), request.person
    visible = rules.classrooms_visible_to(person, today).select_related("school")
    classroom = get_object_or_404(visible, pk=classroom_id)
    enrolments = list(queries.class_list(classroom, today))
    context = {
        "classroom": classroom, "enrolments": enrolments, "today": today,
        "has_levels": len({enrolment.level for enrolment in enrolments}) > 1,
        "supply": queries.supply_days(classroom, today),
        "can_keep": rules.can_keep_register(person, classroom.school, today),
        "can_give": rules.can_give_class(person, classroom, today),
        "can_keep_cards": can_keep_cards(person, classroom, today),
        "can_insure": can_note_insurance(person, classroom, today),
    }  # fmt: skip
    return render(request, "schools/classroom.html", context)


@signed_in()
def pupil(request, pupil_id):
    """A pupil's record: path, guardians, groups, what ONDE notes."""
    today, person = localdate(), request.person
    pupil = get_object_or_404(queries.with_path(rules.pupils_visible_to(person, today), person), pk=pupil_id)
    ties = rules.ties_of(person, pupil, today)
    require(rules.can_read_record(person, pupil, today, ties=ties))
    can_change = rules.can_change_pupil(person, pupil, today, ties=ties)
    worked = schools_worked_in(person, today)
    enrolments = [enrolment for enrolment in pupil.enrolments.all() if enrolment.school_id in worked]
    reads_hints = rules.can_read_hints(person, pupil, today, ties=ties)
    shows_contacts = rules.can_read_contacts(person, pupil, today, ties=ties)
    links = queries.guardianships_of(pupil, today)
    context = {
        "pupil": pupil,
        "enrolments": enrolments,
        "current": enrolments[0],
        "links": links,
        "own_sheet": _look_for_sheets(person, pupil, links, today, ties),
        "groups": queries.groups_of(pupil, today) if can_change else [],
        "hints": reads_hints and getattr(pupil, "record", None),
        "can_change": can_change,
        "can_arrange": can_arrange_display(person, pupil, today, ties=ties),
        "can_change_guardians": rules.can_change_guardians(person, pupil, today, ties=ties),
        "shows_contacts": shows_contacts,
        "shows_languages": reads_hints and shows_contacts,
        "today": today,
    }
    return render(request, "schools/pupil.html", context)


def _look_for_sheets(person, pupil, links, today, ties):
    """Puts on each link whether its guardian may be given a sheet, or why not; gives the pupil's own answer, if any."""
    if not rules.gives_sheets(ties):
        return None
    withheld = sheets_withheld(person, [pupil, *(link.guardian for link in links)], today, child=pupil)
    for link in links:
        link.sheet = rules.can_give_sheet(person, link.guardian, pupil, today, ties=ties, withheld=withheld)
    if not rules.enters_alone(pupil, today):
        return None
    return rules.can_give_sheet(person, pupil, pupil, today, ties=ties, withheld=withheld)
