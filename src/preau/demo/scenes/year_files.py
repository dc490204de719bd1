"""The dossier de rentrée of the home school: asked at the start of the year, half filled since, by screen and paper."""

import datetime

from preau.demo import cast, life
from preau.ent.yearfile import actions
from preau.kit.paper import Paper
from preau.media.documents import Document

DUE = datetime.timedelta(days=10)
FETCH = (("Odette Marelle", "grand-mère"), ("Karim Ballon", "voisin"))  # fictitious, as everyone here
DONE, BEGUN = 6, 9  # families of the home class whose file is complete; and those who began


def ask_year_files(stage):
    """The head asks it; some families have done all, a few a part, one sent its certificate."""
    school, head = stage.school(cast.HOME_SCHOOL), stage.heads[cast.HOME_SCHOOL]
    actions.open_year_file(person=head, school=school, due_on=stage.today + DUE, now=stage.ago(6))
    families = life.families_of(stage, stage.home_room())
    for rank, (child, guardians) in enumerate(families[:BEGUN]):
        for guardian in guardians:
            about = {"person": guardian, "guardian": guardian, "child": child, "now": stage.ago(3)}
            actions.check_contacts(**about, written={}, added=_added(rank))
            if rank < DONE:
                _finish(about, rank)
    child, guardians = families[BEGUN - 1]
    actions.send_certificate(
        person=guardians[0], child=child, sent=(_certificate(stage, child), "Attestation"), now=stage.now
    )
    classroom = stage.home_room()
    actions.print_sheets(person=stage.teachers[classroom.pk], classroom=classroom, now=stage.ago(1))


def _finish(about, rank):
    name, tie = FETCH[rank % len(FETCH)]
    if rank % 3 == 0:
        actions.name_pickup(**about, name=name, tie=tie)
    actions.check_pickups(**about)
    actions.say_sharing(**about, sharing="no" if rank % 2 else "yes")
    actions.read_charter(**about)


def _added(rank):
    return (("work", "05 49 00 00 10"),) if rank == 1 else ()


def _certificate(stage, child):
    paper = Paper("Attestation d’assurance", stage.now, foot="")
    paper.title_line("Attestation d’assurance")
    paper.paragraph(f"{child.full_name}. Année scolaire en cours. Document fictif.")
    content, pages = paper.finish()
    return Document("pdf", content, pages)
