"""The teacher's session; the tablet's; the pupil's on it. `middleware.PATH` (« seance/pouls/ ») is answered before."""

from django.urls import path

from preau.ent.lessons.views import (
    boards,
    continuing,
    devices,
    late,
    making,
    offline,
    opening,
    projection,
    pupils,
    reading,
    rooms,
)

LESSON = "seances/<uuid:lesson_id>/"
MAKE, WORK = "seance/moi/faire/", "travaux/<uuid:work_id>/"


def patterns(means):
    """[(addresses), "lessons"] for `include`; `means` are the acts of the plan that serve a session (means.py)."""
    given = {"means": means}
    return [
        path("classe/<uuid:classroom_id>/seance/", opening.classroom_lesson, given, name="classroom_lesson"),
        path("groupe/<uuid:group_id>/seance/", opening.group_lesson, given, name="group_lesson"),
        path("ecole/<uuid:school_id>/seance/", opening.school_lesson, given, name="school_lesson"),
        path(LESSON, boards.board, given, name="board"),
        path(f"{LESSON}projection/", projection.projection, name="projection"),
        path(f"{LESSON}fermeture/", boards.closing, given, name="closing"),
        path("seance/finie/", devices.over, given, name="over"),
        path(f"{LESSON}wifi/", boards.wifi, given, name="wifi"),
        *OWN,
    ], "lessons"


OWN = [
    path(f"{LESSON}appareils/", boards.acceptance, name="acceptance"),
    path(f"{LESSON}pause/", boards.pause, name="pause"),
    path(f"{LESSON}son/", boards.mute, name="mute"),
    path(f"{LESSON}activite/", boards.activity, name="activity"),
    path(f"{LESSON}consigne/", boards.instruction, name="instruction"),
    path("seances/documents/<uuid:lesson_file_id>/", boards.lesson_file, name="lesson_file"),
    path("seances/appareils/<uuid:tablet_id>/retrait/", boards.removal, name="removal"),
    path("seances/appareils/<uuid:tablet_id>/aide/", boards.help_given, name="help_given"),
    path("seances/appareils/<uuid:tablet_id>/entree/", boards.letting_in, name="letting_in"),
    path("seance/", devices.join, name="join"),
    path("seance/attente/", devices.waiting, name="waiting"),
    path("seance/classe/", devices.grid, name="grid"),
    path("seance/eleves/<uuid:pupil_id>/", devices.pupil, name="pupil"),
    path("seance/carte/", devices.badge, name="badge"),
    path("seance/activite/", devices.activity, name="given_now"),
    path("seance/documents/<uuid:lesson_file_id>/", devices.given, name="given"),
    path("seance/nouvelles/", devices.news, name="news"),
    path("seance/sans-reseau/", offline.offline, name="offline"),
    path("seance/sans-reseau/<slug:tool>/", offline.offline_tool, name="offline_tool"),
    path("seance/hors-ligne.js", offline.worker, name="worker"),
    path("seance/envoi/", late.upload, name="upload"),
    path("seance/a-toi/", devices.switch, name="switch"),
    path("seance/moi/", pupils.home, name="home"),
    path("seance/moi/mot/", rooms.word, name="word"),
    path("seance/moi/main/", pupils.hand, name="hand"),
    path("seance/moi/fini/", pupils.done, name="done"),
    path("eleve/", rooms.at_home, name="at_home"),
    path("eleve/fini/", rooms.ended, name="ended"),
    path("eleve/a-faire/", rooms.to_do, name="to_do"),
    path("eleve/a-faire/fichiers/<uuid:assignment_file_id>/", rooms.to_do_file, name="to_do_file"),
    path("eleve/a-faire/<uuid:due_day_id>/fait/", rooms.to_do_done, name="to_do_done"),
    path("eleve/pages/", continuing.pages, name="pages"),
    path("eleve/pages/<uuid:page>/", continuing.page, name="page"),
    path("eleve/pages/<uuid:page>/fini/", continuing.page_finished, name="page_finished"),
    path("eleve/pages/<uuid:page>/<slug:tool>/", continuing.page_tool, name="page_tool"),
    path("eleve/cahier/", rooms.mine, name="mine"),
    path("eleve/classe/", rooms.wall, name="wall"),
    path("eleve/ecouter/", rooms.listen, name="listen"),
    path(MAKE, making.make, name="make"),
    path(f"{MAKE}<uuid:page>/avec/", making.invitation, name="invitation"),
    path(f"{MAKE}<uuid:page>/tour/", making.passing, name="passing"),
    path(f"{MAKE}<uuid:page>/pour/", making.goal, name="goal"),
    path(f"{MAKE}<uuid:page>/fini/", making.finished, name="finished"),
    path(f"{MAKE}<uuid:page>/<slug:tool>/", making.tool, name="tool"),
    path("travaux/parts/<uuid:part_id>/", making.part, name="part"),
    path("travaux/parts/<uuid:part_id>/vignette/", making.small_part, name="small_part"),
    path("travaux/parts/<uuid:part_id>/reprise/", making.part_taken_up, name="part_taken_up"),
    path("travaux/parts/<uuid:part_id>/retrait/", making.removal, name="part_removal"),
    path("travaux/", reading.works, name="works"),
    path(f"{LESSON}travaux/", reading.lesson_works, name="lesson_works"),
    path(WORK, reading.work, name="work"),
    path(f"{WORK}rendu/", reading.work_return, name="work_return"),
    path(f"{WORK}familles/", reading.showing, name="work_showing"),
    path(f"{WORK}garde/", reading.keeping, name="work_keeping"),
]
