"""The life of the spaces: what teachers, heads and the city published since September, one thing after another."""

import datetime
import zlib

from django.utils import timezone

from preau.demo import cast, texts
from preau.demo.families import first_september
from preau.demo.pictures import DRAWINGS
from preau.ent.notes import actions as notes
from preau.ent.notes.actions import Target
from preau.ent.notes.models import Answer, Nature, Outing
from preau.ent.notes.queries import recipients_of
from preau.ent.notes.wordings import filled, values_of, wordings
from preau.ent.portal import actions as portal
from preau.ent.portal.queries import said_in_week
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Scope
from preau.ent.sites import actions as sites
from preau.ent.thanks import actions as thanks
from preau.media.images import draw_here
from preau.notify import actions as notify
from preau.people import actions as people
from preau.schools.models import Guardianship
from preau.spaces.models import Publication

HOUR = datetime.time(16, 40)
HANDS = 4
DAY = datetime.timedelta(days=1)
THANKED = 4  # families, of the last thing said to the class
ANSWERED = 11  # of the class's families, the first by name

ALBUM = 3  # pictures of one publication, to be turned over in the viewer


def publish_everything(stage):
    """Oldest first, so that the journal reads like the months it tells."""
    told = []
    for classroom in stage.classrooms.values():
        told += _of_class(stage, classroom, stage.teachers[classroom.pk])
    for rank, name in enumerate(cast.LABORATORY):
        told += _of_school(stage, stage.school(name), stage.heads[name], rank % 2)
    network = portal.add_network(
        person=stage.people["Odile Registre"],
        city=stage.city,
        name="Réseau du Clain",
        schools=[stage.school(name) for name in list(cast.LABORATORY)[:2]],
        now=stage.ago(40),
    )
    told.append((stage.ago(9), stage.people["Odile Registre"], network, Scope.NETWORK, None, texts.NETWORK))
    told += [
        (when, stage.people["Odile Registre"], stage.city, Scope.CITY, None, text)
        for when, text in zip(_moments(stage, len(texts.CITY), 7), texts.CITY, strict=True)
    ]
    for when, person, place, scope, drawing, text in sorted(told, key=lambda each: each[0]):
        _publish(stage, when, person, place, scope, drawing, text)


def open_sites(stage):
    """Hours, telephone and ways to reach each living school, as its head writes them: the numbers are of those that
    ARCEP keeps for fictions (05 36 49), and the page says so."""
    for rank, name in enumerate(cast.LABORATORY):
        begins = datetime.time(8, 30 + 5 * (rank % 3))
        sites.edit_school_site(
            person=stage.heads[name],
            school=stage.school(name),
            now=stage.now,
            days=("four", "four_and_half")[rank % 2],
            morning_from=begins,
            morning_to=datetime.time(11, 45),
            afternoon_from=datetime.time(13, 45),
            afternoon_to=datetime.time(16, 0 + 5 * (rank % 3)),
            phone=f"05 36 49 {10 + rank:02d} {20 + 7 * rank:02d}",
            head_days=("lundi et jeudi", "mardi et vendredi", "le matin, avant 10 h")[rank % 3],
            absence_words="Au téléphone, avant 9 h. Ce numéro est fictif\u00a0: il ne répond pas.",
        )


def leave_waiting(stage):
    """What is not out yet: a photo that waits for its sentence, a sentence that leaves tomorrow, and a page of the
    public site that waits for the head.

    They are the named teacher's, of yesterday evening or of the last school day.
    """
    home = stage.school(cast.HOME_SCHOOL)
    classroom = next(
        room for room in stage.classrooms.values() if room.school_id == home.pk and room.name == cast.HOME_CLASS
    )
    teacher = stage.teachers[classroom.pk]
    (when,) = _moments(stage, 1, len(home.name))
    posts.write_post(
        person=teacher,
        place=classroom,
        scope=Scope.CLASS,
        text="",
        pictures=[picture(stage, "leaves", classroom)],
        now=when,
    )
    said = {"person": teacher, "place": classroom, "scope": Scope.CLASS, "text": texts.TOMORROW}
    morning = datetime.datetime.combine(stage.today + datetime.timedelta(days=1), datetime.time(8))
    posts.write_for_later(**said, leaves_at=timezone.make_aware(morning), now=stage.now)
    _publish(stage, when, teacher, home, Scope.PUBLIC, "boats", texts.PROPOSED)


def tell_the_week(stage):
    """« Ce qu’on a appris » in the last week of class, with what it leads to."""
    classroom = stage.home_room()
    (when,) = _moments(stage, 1, len(classroom.name))
    week = when.date() - when.weekday() * DAY
    posts.tell_week(
        person=stage.teachers[classroom.pk],
        classroom=classroom,
        text=texts.LEARNT,
        week=week,
        told=said_in_week(classroom, week),
        now=when,
    )


def _of_class(stage, classroom, teacher):
    is_home = classroom.name == cast.HOME_CLASS and classroom.school_id == stage.school(cast.HOME_SCHOOL).pk
    items = texts.HOME_CLASS if is_home else texts.BY_LEVEL[classroom.levels[0]]
    moments = _moments(stage, len(items), len(classroom.name) + len(classroom.school.name))
    return [
        (when, teacher, classroom, Scope.CLASS, drawing, text)
        for when, (drawing, text) in zip(moments, items, strict=True)
    ]


def _of_school(stage, school, head, turn):
    shift, news, pages = len(school.name), texts.SCHOOL[turn], texts.PUBLIC[turn]
    told = [
        (when, head, school, Scope(scope), None, text)
        for when, (scope, text) in zip(_moments(stage, len(news), shift), news, strict=True)
    ]
    told += [
        (when, head, school, Scope.PUBLIC, drawing, text)
        for when, (drawing, text) in zip(_moments(stage, len(pages), shift + 3), pages, strict=True)
    ]
    return told + [
        (when, head, school, Scope.STAFF, None, text)
        for when, text in zip(_moments(stage, 1, shift + 5), texts.STAFF, strict=True)
    ]


def _moments(stage, count, shift):
    """School days spread from the first week of September to yesterday or before, in order."""
    first = first_september(stage.today) + datetime.timedelta(days=3)
    last = max(stage.today - datetime.timedelta(days=1 + shift % 9), first)  # no two spaces end on one day
    span = (last - first).days
    days = [last - datetime.timedelta(days=span * (count - 1 - rank) // max(count, 1)) for rank in range(count)]
    return [_at(day, minutes=(shift * 7 + rank * 3) % 60) for rank, day in enumerate(days)]


def _at(day, minutes):
    while day.isoweekday() in (3, 6, 7):  # no school
        day -= datetime.timedelta(days=1)
    moment = datetime.datetime.combine(day, HOUR) + datetime.timedelta(minutes=minutes)
    return timezone.make_aware(moment)


def _publish(stage, when, person, place, scope, drawing, text):
    drawings = [drawing] * ALBUM if drawing == texts.ALBUM else [drawing] if drawing else []
    pictures = [picture(stage, name, place, turn) for turn, name in enumerate(drawings)]
    posts.publish_post(
        person=person,
        place=place,
        scope=scope,
        text=text,
        pictures=pictures,
        no_child_declared=bool(pictures),
        question=texts.QUESTIONS.get(drawing, "") if scope == Scope.CLASS else "",
        now=when,
    )


def picture(stage, name, place, turn=0):
    """The drawing as the posts' action takes it, by one hand of HANDS, and the next ones for an album: two classes do
    not hang the same. Each is drawn and reduced once, hung as often as needed."""
    hand = 1 + (zlib.crc32(f"{place.name} {getattr(place, 'school_id', '')}".encode()) + turn) % HANDS
    if (name, hand) not in stage.drawings:
        draw, alt = DRAWINGS[name]
        stage.drawings[name, hand] = posts.NewPicture(draw_here(draw(hand), f"{name}.jpg"), alt)
    return stage.drawings[name, hand]


def write_mots(stage):
    """Three mots of the last days: an outing to sign, a meeting, the head's word on the canteen; one still to leave."""
    home, classroom = stage.school(cast.HOME_SCHOOL), stage.home_room()
    teacher, head = stage.teachers[classroom.pk], stage.heads[cast.HOME_SCHOOL]
    _pay_texts(stage)
    thursday = stage.today + DAY * ((3 - stage.today.weekday()) % 7 + 7)
    here, later = [Target(classroom)], stage.now + 2 * DAY
    outing = send_mot(
        stage,
        teacher,
        here,
        "sortie",
        thursday,
        lieu="en forêt",
        nature=Nature.SIGN,
        outing=Outing.BEYOND,
        leaves_at=datetime.time(8, 30),
        returns_at=datetime.time(17, 30),
        answer_before=thursday - 2 * DAY,
    )
    send_mot(stage, teacher, here, "reunion", thursday + 4 * DAY, hour=datetime.time(18))
    send_mot(stage, teacher, here, "livres", due_at=later)
    rooms = [room for room in stage.classrooms.values() if room.school_id == home.pk]
    send_mot(stage, head, [Target(room) for room in rooms], "cantine", thursday)
    _answer_mot(stage, outing, classroom)


def thank(stage):
    """Families of the named class thank for what was last said to it."""
    last = Publication.objects.filter(classroom=stage.home_room(), kind="post")
    last = last.filter(state=Publication.State.PUBLISHED).latest("published_at")
    links = Guardianship.objects.reached(stage.today).filter(child__enrolments__classroom=last.classroom)
    links = links.filter(guardian__account__is_active=True).exclude(guardian=last.author)
    for link in links.select_related("guardian").order_by("guardian__sort_key", "child__sort_key")[:THANKED]:
        thanks.give_thanks(person=link.guardian, publication=last, now=stage.ago(1))


def _pay_texts(stage):
    """Guardians may then give a telephone."""
    city_service, september = stage.people["Odile Registre"], stage.now - 60 * DAY
    people.set_text_budget(person=city_service, city=stage.city, per_month=2000, now=september)


def send_mot(stage, person, targets, key, day=None, *, hour=None, lieu="", due_at=None, **facts):
    wording = wordings()[key]
    said = values_of(day, hour, lieu=lieu)
    note = notes.send_note(
        person=person,
        targets=targets,
        title=filled(wording.title, said),
        text=filled(wording.text, said),
        wording=key,
        choices=wording.choices,
        due_at=due_at,
        happens_on=day,
        now=stage.ago(3),
        **{"nature": wording.nature} | facts,
    )
    if note.confirmed_at is None:  # to several classes: what its page asks, a minute before
        _confirm(note, person, stage.ago(3), stage.today)
        note.refresh_from_db()
    if due_at is None:  # what its job would do a moment later
        notify.freeze(notice_id=note.publication.notice.pk, now=stage.ago(3))
    return note


def _confirm(note, person, moment, today):
    reached = {target.audience for target in note.targets.all()}
    count = recipients_of(reached, today).reached_count
    minute = datetime.timedelta(minutes=1)
    notes.confirm_sending(person=person, note=note, pupils_count=count, has_shown_factor=True, now=moment - minute)
    notes.publish_due(now=moment)


def _answer_mot(stage, note, classroom):
    """One parent of some children; of the first child, both, who disagree."""
    for rank, (child, guardians) in enumerate(families_of(stage, classroom)[:ANSWERED]):
        for guardian in guardians[: 2 if rank == 0 else 1]:
            agreed = Answer.Agreed.NO if guardian is not guardians[0] else Answer.Agreed.YES
            notes.answer_note(
                person=guardian, note=note, child=child, version=note.version, agreed=agreed, now=stage.ago(2)
            )


def families_of(stage, classroom):
    """[(child, those who sign for them and have an account)], by name."""
    links = Guardianship.objects.reached(stage.today).filter(child__enrolments__classroom=classroom)
    links = links.filter(guardian__account__is_active=True).exclude(authority=Guardianship.Authority.NO)
    families: dict = {}
    for link in links.select_related("guardian", "child").order_by("child__sort_key", "guardian__sort_key"):
        families.setdefault(link.child, []).append(link.guardian)
    return list(families.items())
