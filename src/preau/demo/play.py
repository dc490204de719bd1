"""Plays the demo: the named world, act by act, in one transaction; then more schools in bulk when asked."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from preau.demo import bulk, children, keys, life, stage, visits
from preau.demo.models import DemoMark
from preau.demo.scenes import (
    accords,
    afterschool,
    agenda,
    announcements,
    at_work,
    cards,
    enclosures,
    homework,
    incidents,
    notebooks,
    presence,
    pupils_texts,
    talks,
    year_files,
)
from preau.people.models import Person

BANNER = "Personnes fictives — démonstration"
SCALES = (1, 10, 100)
ACTS = (
    ("Villes, État, directions", (stage.set_operator, stage.set_places, stage.set_city_and_state, stage.set_plan,
                                  stage.set_heads)),
    ("Six ans de plan d’une commune fictive", (stage.set_commune,)),
    ("Fichiers ONDE de six écoles", (children.import_schools, afterschool.open_sites, stage.set_school_staff)),
    ("Ouverture aux familles", (stage.open_to_families,)),
    ("Fiches de connexion", (children.open_teachers, children.open_families, children.join_second_sheets,
                              children.note_language, children.open_pupils)),
    ("Adresses et demandes d’aide", (incidents.give_addresses, incidents.ask_for_help)),
    ("Accords de diffusion", (accords.answer_for_image,)),
    ("Publications depuis la rentrée", (life.publish_everything, life.open_sites, life.leave_waiting)),
    ("Textes d’une élève", (pupils_texts.write_texts,)),
    ("Mots du cahier de liaison", (life.write_mots, enclosures.send_with_files, enclosures.join_to_posts,
                                  enclosures.film, life.thank, enclosures.comment)),
    ("Annonces de la Ville et de l’IEN", (announcements.announce, announcements.speak_for_parents)),
    ("Agenda des semaines qui viennent", (agenda.note_what_comes, agenda.open_appointments, agenda.convene)),
    ("Leçons et devoirs", (homework.note_lessons, life.tell_the_week)),
    ("Dossiers de rentrée", (year_files.ask_year_files,)),
    ("Une classe de maternelle, et les cahiers de progrès", (notebooks.open_nursery, notebooks.tell_of_nursery,
                                                          notebooks.fill_notebooks)),
    ("Cartes des élèves", (cards.prepare_classes, cards.arrange_screens)),
    ("Messages", (talks.write_messages, talks.report_a_message)),
    ("Absences et appels de trois semaines", (presence.call_the_roll,)),
    ("Séances sur tablettes de trois semaines", (at_work.hold_sessions,)),
    ("Un accord retiré", (accords.take_back,)),
    ("Périscolaire", (afterschool.bring_services, announcements.announce_to_canteens, afterschool.speak_and_change)),
    ("Un compte pris, un soir", (incidents.share_a_day, incidents.take_an_account)),
    ("Usages des dernières semaines", (visits.count_weeks,)),
)  # fmt: skip


def fill(*, scale, now, say=lambda words: None) -> bool:
    """Fills an empty base, or raises the scale of a demo. False when nothing was to be done. Raises NotADemo."""
    mark = DemoMark.objects.first()
    if mark is None and Person.objects.exists():
        raise keys.NotADemo("Cette base contient déjà des personnes\u00a0: la démonstration n’y touche pas.")
    say_so_on_every_page()
    if mark and mark.scale >= scale:
        return False
    if mark is None:
        play_named_world(now=now, say=say)
    if scale > 1:
        bulk.grow(scale=scale, now=now, say=say)
        DemoMark.objects.update(scale=scale)
    return True


def say_so_on_every_page():
    """The web processes read this file when they start (config/settings/base.py)."""
    (Path(settings.HOME) / "banner.txt").write_text(f"{BANNER}\n", encoding="utf-8")


@transaction.atomic
def play_named_world(*, now, say):
    """All or nothing: a demo stopped halfway leaves the base empty."""
    play = stage.Stage(now=now, today=localdate(now))
    for title, scenes in ACTS:
        say(f"{title}…")
        for scene in scenes:
            scene(play)
    DemoMark.objects.create(made_at=now, scale=1)
    return play
