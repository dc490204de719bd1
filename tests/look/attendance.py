"""What each page of the appel and of absences is looked at with: (template, route, who looks)."""

from django.urls import reverse

from tests.ent.attendance.acts import LAST, a_class_day, four_missed, missing_on, tell


def presence(world):
    """One child told absent, another whom nobody told of, one who missed four half-days."""
    absence = tell(world, reason="illness")
    absentee = four_missed(world, "child_lina")
    roll = reverse("attendance:classroom_roll", args=[world.classrooms["cpb"].pk])
    return {
        "absence_id": absence.pk,
        "missing_id": missing_on(world, LAST).pk,
        "absentee_id": absentee.pk,
        "last_roll": f"{roll}?jour={a_class_day()}&demi=am",
    }


ROOMS = {
    "attendance": (presence, (
        ("web/today/guardian.html", "/aujourdhui/", "guardian_other_family"),
        ("web/today/school.html", "/aujourdhui/", "head"),
        ("attendance/mine.html", "attendance:mine", "guardian guardian_coparent guardian_other_family"),
        ("attendance/tell.html", "attendance:tell", "guardian guardian_two_schools"),
        ("attendance/tell.html", "attendance:absence_edit", "guardian"),
        ("attendance/explain.html", "attendance:explain", "guardian_other_family"),
        ("attendance/roll_call.html", "attendance:classroom_roll", "teacher"),
        ("attendance/roll_call.html", "last_roll", "head"),
        ("attendance/reason_note.html", "attendance:reason_note", "teacher"),
        ("attendance/school.html", "attendance:school_absences", "head"),
        ("kit/form_page.html", "attendance:line_close", "head"),
    )),
}  # fmt: skip
