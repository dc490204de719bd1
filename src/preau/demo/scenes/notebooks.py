"""Notebooks: a nursery class, its life and its carnets de suivi, two classes of an elementary school with theirs, a
pupil who writes."""

import datetime
import uuid

from preau.demo import cast, children, life
from preau.demo.families import first_september
from preau.demo.pictures import DRAWINGS
from preau.demo.stage import engage
from preau.ent.portfolio import actions as notebooks
from preau.ent.portfolio.actions import Content, NewPiece
from preau.ent.portfolio.models import Page, Piece
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Scope
from preau.media.images import draw_here
from preau.people.models import Person, Role
from preau.places.models import School
from preau.privacy import papers
from preau.schools import actions as register
from preau.schools.actions import GuardianEntry

State = Page.State
NURSERY_HEAD = cast.Actor("Mme", "Rosalie", "Comptine", Role.SCHOOL_HEAD, ("school", "nursery"))
NURSERY_TEACHER = cast.Actor("M.", "Perrin", "Gommette", Role.TEACHER, ("classroom", "nursery"))
NURSERY = "MS-GS"
# First and last name, level, first name of the parent: fictitious, as everyone here.
NURSERY_PUPILS = (
    ("Zoé", "Ribambelle", "GS", "Jeanne"), ("Ilyès", "Cabane", "GS", "Nour"), ("Rose", "Toboggan", "GS", "Léa"),
    ("Gaspard", "Balançoire", "MS", "Hugo"), ("Maya", "Pâquerette", "MS", "Inaya"),
)  # fmt: skip
OF_NURSERY = (
    ("Je compte jusqu’à dix", "Zoé range dix jetons un par un et dit le nombre à la fin.", ["pensee"], "radishes"),
    ("Je trie les feuilles", "Par couleur, puis de la plus petite à la plus grande.", ["monde", "pensee"], "leaves"),
    ("Je peins avec trois couleurs", "J’ai trouvé le violet.", ["arts"], "colours"),
    ("Je raconte l’histoire", "Je redis l’histoire dans l’ordre, avec les mots du livre.", ["langage"], "boats"),
)  # fmt: skip
OBSERVED = {0: {"pensee": "Dénombre une collection de dix objets."}, 3: {"langage": "Raconte une histoire connue."}}
TOLD_OF_NURSERY = (  # days ago, drawing, what the teacher says
    (19, "leaves", "Ce matin, nous avons ramassé des feuilles dans la cour, puis nous les avons triées par couleur."),
    (11, "colours", "Du rouge et du bleu sur les mains\u00a0: tout le monde a trouvé le violet."),
    (
        4,
        "boats",
        "Nous plions des bateaux. Certains flottent longtemps, d’autres coulent\u00a0: nous cherchons pourquoi.",
    ),
)
OF_CP = (
    ("Les quarts", "Adam partage une tarte en quatre parts égales et l’explique.", "quarters"),
    ("La course de la marelle", "Il lance, il saute, il attend son tour.", "hopscotch"),
)  # fmt: skip
OWN = ("Les planètes", "J’ai compris pourquoi il fait nuit. La Terre tourne sur elle-même.", "planets")
OWN_WAITING = ("Mon graphique", "J’ai mesuré ma plante chaque semaine. Elle a grandi de 12 centimètres.", "graph")


def open_nursery(stage):
    """A nursery class of a real school of Poitiers, with five pupils who do not exist."""
    began = first_september(stage.today)
    school = School.objects.filter(city=stage.city, kind=School.Kind.NURSERY).order_by("sort_key", "id")[0]
    stage.places["school", "nursery"] = school
    head = engage(stage, NURSERY_HEAD)
    said = {"signed_on": began, "signed_by": "Signatures fictives de démonstration", "version": papers.version()}
    register.open_to_families(person=stage.operator, schools=[school], now=stage.now, **said)
    act = {"person": head, "now": stage.began}
    room = register.open_classroom(school=school, name=NURSERY, levels=["MS", "GS"], today=stage.today, **act)
    stage.places["classroom", "nursery"] = stage.classrooms[school.pk, NURSERY] = room
    stage.teachers[room.pk] = engage(stage, NURSERY_TEACHER)
    agent = engage(stage, cast.ATSEM)  # named for the school; its head opens the class to her
    (held,) = agent.mandates.all()
    register.open_classes(mandate=held, classrooms=[room], today=stage.today, **act)
    entering = []
    for rank, (first, last, level, parent) in enumerate(NURSERY_PUPILS):
        guardian = GuardianEntry(civility="Mme", first_name=parent, last_name=last, kind="parent", authority="yes")
        enrolment = register.enrol_pupil(
            school=school,
            classroom=room,
            level=level,
            first_name=first,
            last_name=last,
            starts_on=began,
            birth_date=_born(stage.today, level, rank),
            guardians=(guardian,),
            **act,
        )
        entering += [link.guardian for link in enrolment.pupil.guardian_links.all()]
    children.use_sheets(stage, entering, head)


def tell_of_nursery(stage):
    """What its teacher published this month."""
    room = stage.places["classroom", "nursery"]
    for days, drawing, text in TOLD_OF_NURSERY:
        said = {"person": stage.teachers[room.pk], "place": room, "scope": Scope.CLASS, "text": text}
        pictures = [life.picture(stage, drawing, room)]
        posts.publish_post(pictures=pictures, no_child_declared=True, now=stage.ago(days), **said)


def fill_notebooks(stage):
    """The nursery's, with drawings; two pages of Adam; one that Inès wrote and her family reads, one to read over."""
    room = next(room for (_, name), room in stage.classrooms.items() if name == NURSERY)
    pupils = [row.pupil for row in room.enrolments.select_related("pupil").order_by("pupil__sort_key")]
    zoe = next(pupil for pupil in pupils if pupil.first_name == "Zoé")
    for rank, (title, text, domains, drawing) in enumerate(OF_NURSERY):
        about = pupils if rank == 2 else [zoe]  # one act for the whole class
        _write(stage, room, about, Content(title, text, domains, OBSERVED.get(rank, {})), drawing, days=20 - 4 * rank)
    _write(stage, room, [zoe], Content("Mon bonhomme", "À reprendre avec elle."), None, days=1, to=State.DRAFT)
    home = stage.home_room()
    adam = _pupil("Adam", "Marelle")
    for rank, (title, text, drawing) in enumerate(OF_CP):
        _write(stage, home, [adam], Content(title, text), drawing, days=12 - 5 * rank)
    sara = _pupil("Sara", "Marelle")
    other = stage.classrooms[stage.school(cast.OTHER_SCHOOL).pk, "CM1"]
    _write(
        stage, other, [sara], Content("Les fractions", "Sara compare 1/2 et 2/4 avec des bandes."), "quarters", days=8
    )
    _write_own(stage)
    shown = Page.objects.filter(child=adam, state=State.APPROVED).order_by("-approved_at").first()
    links = adam.guardian_links.filter(guardian__account__is_active=True).order_by("guardian__sort_key")
    for link in links[:1]:
        notebooks.give_thanks(person=link.guardian, page=shown, now=stage.ago(1))


def _write_own(stage):
    room, ines = stage.home_room("CM2"), _pupil("Inès", "Diabolo")
    for (title, text, drawing), days in ((OWN, 9), (OWN_WAITING, 1)):
        said = {"content": Content(title, text), "once": uuid.uuid4(), "now": stage.ago(days), "to": State.WAITING}
        notebooks.write_pages(person=ines, children=[ines], pieces=_drawn(drawing, Piece.Sort.DRAWING), **said)
    first = Page.objects.filter(child=ines).order_by("created_at", "id")[0]
    teacher = stage.teachers[room.pk]
    notebooks.approve_page(person=teacher, page=first, version=first.version, now=stage.ago(8))


def _write(stage, room, about, content, drawing, *, days, to=State.APPROVED):
    notebooks.write_pages(
        person=stage.teachers[room.pk],
        children=about,
        content=content,
        once=uuid.uuid4(),
        now=stage.ago(days),
        pieces=_drawn(drawing, Piece.Sort.PHOTO),
        to=to,
    )


def _drawn(name, sort):
    if name is None:
        return []
    draw, alt = DRAWINGS[name]
    return [NewPiece(sort, draw_here(draw(1), f"{name}.jpg"), alt)]


def _pupil(first_name, last_name):
    return Person.objects.get(first_name=first_name, last_name=last_name, birth_date__isnull=False)


def _born(today, level, rank):
    year = first_september(today).year - (5 if level == "GS" else 4)
    return datetime.date(year, 2 + rank, 11)
