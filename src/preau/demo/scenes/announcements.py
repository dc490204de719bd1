"""What the city, its schools and the IEN announced of late: for information, to sign, a strike said together."""

import datetime

from django.utils.timezone import localdate

from preau.demo import cast, life
from preau.demo.scenes.afterschool import SITES
from preau.ent.announcements import actions, queries
from preau.ent.announcements.models import Readers
from preau.notify import actions as notify
from preau.notify.models import Level
from preau.people.models import Person
from preau.schools.models import Activity

READ = 9  # families of the named class
DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
CANTEEN = (
    "À partir de lundi, la cantine propose un menu sans viande chaque jour. Vous n’avez rien à faire. "
    "Les menus sont affichés à l’école."
)
WORKS = "La cour sera fermée lundi pour des travaux. Les enfants entrent par la rue. Dites-nous que vous l’avez lu."
STRIKE = "Jeudi, il n’y a pas de cantine. Un accueil est ouvert à l’école. Donnez un pique-nique à votre enfant."
HALF = "Jeudi, trois classes sont fermées. L’école prévient leurs familles. Les autres classes ont lieu."
PICNIC = (
    "Jeudi, la cuisine est en travaux. Donnez un pique-nique à votre enfant. Il mange à l’école, avec les animateurs."
)
ELECTED = ("Claire", "Toupie")
FAIR = "La kermesse a lieu samedi. Il manque dix parents pour tenir les stands. Dites-le à la grille, le soir."
GLEANING = "Nous cherchons des boîtes à œufs et des bouchons pour l’atelier du mercredi. Merci de les garder."
MEETING = "La réunion des équipes a lieu mercredi à 14 h. Le programme est arrivé dans les écoles."


def announce(stage):
    """Three of the city for its schools of the demo, one with the school of the named families; one of the IEN."""
    service, schools = stage.people["Odile Registre"], [stage.school(name) for name in cast.LABORATORY]
    shown = {"shown_until": stage.today + 7 * DAY}
    _send(stage, 6, service, stage.city, schools, "Un menu sans viande", CANTEEN, Level.INFO, **shown)
    _send(stage, 4, service, stage.city, schools[:1], "Travaux dans la cour", WORKS, Level.SIGN)
    strike = _send(stage, 2, service, stage.city, schools, "Grève jeudi", STRIKE, Level.SIGN, asks_schools=True)
    school, head = stage.school(cast.HOME_SCHOOL), stage.heads[cast.HOME_SCHOOL]
    said = {"title": "Grève jeudi, ce que fait l’école", "text": HALF, "now": stage.ago(2)}
    half = actions.write_half(person=head, joined_to=strike, school=school, **said)
    _leave(half, head, stage.ago(2))
    for _, guardians in life.families_of(stage, stage.home_room())[:READ]:
        actions.acknowledge(person=guardians[0], announcement=strike, now=stage.ago(1))
    ien, district = stage.people["Anne Cartable"], stage.places["district", ""]
    _send(stage, 3, ien, district, [], "Réunion des équipes", MEETING, Level.SIGN, readers=Readers.TEAMS)


def announce_to_canteens(stage):
    """The city, to the families of the canteens of two schools; a few of one class have read it."""
    service, schools = stage.people["Odile Registre"], [stage.school(name) for name in SITES]
    said = {"service": Activity.Kind.CANTEEN}
    picnic = _send(stage, 1, service, stage.city, schools, "Un pique-nique jeudi", PICNIC, Level.SIGN, **said)
    at_table = set(picnic.publication.notice.expected.values_list("person", flat=True))
    for _, guardians in life.families_of(stage, stage.home_room())[:READ]:
        if guardians[0].pk in at_table:
            actions.acknowledge(person=guardians[0], announcement=picnic, now=stage.now)


def speak_for_parents(stage):
    """A mother is elected; the head sent one of her texts, another waits at the head's home."""
    school, head = stage.school(cast.HOME_SCHOOL), stage.heads[cast.HOME_SCHOOL]
    parent = Person.objects.get(first_name=ELECTED[0], last_name=ELECTED[1])
    actions.name_elected(person=head, school=school, parent=parent, now=stage.ago(30))
    by = {"person": parent, "school": school}
    fair = actions.propose_words(title="Kermesse samedi", text=FAIR, now=stage.ago(6), **by)
    _leave(fair, head, stage.ago(5))
    actions.propose_words(title="Boîtes et bouchons", text=GLEANING, now=stage.ago(1), **by)


def _send(stage, days, person, place, schools, title, text, level, readers=Readers.FAMILIES, **more):
    said = {"title": title, "text": text, "level": level, "readers": readers} | more
    written = actions.write_announcement(person=person, place=place, schools=schools, now=stage.ago(days), **said)
    return _leave(written, person, stage.ago(days))


def _leave(announcement, person, moment):
    """Confirmed a minute before, published, its list frozen: what its pages and its jobs do."""
    told = queries.told_by(announcement, localdate(moment)).high  # as its page counts, that day
    by = {"person": person, "announcement": announcement, "has_shown_factor": True}
    actions.confirm_sending(told_count=told, now=moment - MINUTE, **by)
    actions.publish_due(now=moment)
    announcement.refresh_from_db()
    notify.freeze(notice_id=announcement.publication.notice.pk, now=moment)
    return announcement
