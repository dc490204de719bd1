"""The addresses of absences. `has_wednesday(school)` says whether there is class on Wednesday morning, which a room
above keeps, `write_to(school, person)` the page where one writes to somebody of it; whoever assembles the house gives
both."""

from django.urls import path

from preau.ent.attendance.views import family, roll, school


def patterns(has_wednesday, write_to):
    """[(addresses), "attendance"] for `include`."""
    known = {"has_wednesday": has_wednesday}
    called = known | {"write_to": write_to}
    return [
        path("absences/", family.mine, name="mine"),
        path("absences/prevenir/", family.tell, known, name="tell"),
        path("absences/<uuid:absence_id>/correction/", family.absence_edit, known, name="absence_edit"),
        path("absences/<uuid:absence_id>/retrait/", family.withdrawal_create, name="withdrawal_create"),
        path("absences/relevees/<uuid:missing_id>/raison/", family.explain, name="explain"),
        path("absences/relevees/<uuid:missing_id>/motif/", school.reason_note, name="reason_note"),
        path("classe/<uuid:classroom_id>/appel/", roll.roll_call, called, name="classroom_roll"),
        path("classe/<uuid:classroom_id>/registre/", roll.register, name="classroom_register"),
        path("ecole/<uuid:school_id>/absences/", school.school_absences, known, name="school_absences"),
        path("ecole/<uuid:school_id>/absences/<uuid:absentee_id>/suite/", school.line_close, name="line_close"),
    ], "attendance"
