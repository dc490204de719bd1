"""Which canary words each actor of `tests.world` may meet: written by hand, never computed by the product's rules.

A family's canary is the last name of its children and guardians; a class has its name; a dispositif its own.
Staff names are not secret inside their own school and are left out.
"""

import re
from functools import cache

CHILDREN = {
    # child: (class, guardians)
    "child_adam": ("cpb", ["guardian", "guardian_coparent", "guardian_restricted"]),
    "child_lina": ("cpb", ["guardian_other_family", "guardian_paper"]),
    "child_ulis": ("cm2", ["guardian_ulis"]),
    "child_two_one": ("gs", ["guardian_two_schools"]),
    "child_two_two": ("saules_cm2", ["guardian_two_schools"]),
    "pupil_cm2": ("cm2", ["guardian_other_class"]),
    "pupil_other_school": ("saules_cm2", ["guardian_other_school"]),
    "pupil_far": ("loin_cm2", ["guardian_far"]),
}
CLASSES = {"cpb": "tilleuls", "cm2": "tilleuls", "gs": "tilleuls", "saules_cm2": "saules", "loin_cm2": "loin"}
CLASS_STAFF = {
    "teacher": ["cpb"], "supply": ["cpb"], "aesh": ["cpb"], "atsem": ["gs"],
    "teacher_other_class": ["cm2"], "teacher_other_school": ["saules_cm2"],
}  # fmt: skip
# Who serves in the périscolaire site of the Tilleuls, and the children that its canteen receives.
SITE_WRITERS = ("animator", "site_manager")
SITE_TEAM = (*SITE_WRITERS, "canteen")
AT_CANTEEN = ("child_adam",)
HEADS = {"head": "tilleuls", "head_other_school": "saules", "head_far": "loin"}
# The school of the other city, on the plan's pages: whom that city, its school or its circonscription makes a reader.
ELSEWHERE = "Canari-ecole-loin"
OF_ELSEWHERE = {"head_far", "city_education_far", "ien_other", "guardian_far", "pupil_far", "operator"}
# Public lists of every school: there the name of one is nobody's secret.
TOLD_TO_ALL = {"sites:map", "sites:school_list", "desk:plan_csv", "desk:plan_json"}
# What the DAN says in confidence of a file of Marelle: read by the département and the city, never by the school.
IN_CONFIDENCE = "Canari-avis-confidentiel"
OF_CONFIDENCE = {"dan", "dsden", "ia_dasen", "ia_dasen_deputy", "city_education", "city_it"}
# What a school says to its families, and to its adults, never to a pupil: each written here by hand.
TO_FAMILIES = "Canari-familles-tilleuls"
OF_FAMILIES = {
    "guardian", "guardian_coparent", "guardian_other_family", "guardian_ulis", "guardian_two_schools",
    "guardian_other_class", "head", "teacher", "teacher_other_class", "supply", "aesh", "atsem",
}  # fmt: skip
# Whom a mother names to fetch her child: told to her and to who hands the child over.
TO_FETCH = "Canari-personne-adam"
OF_FETCH = {"guardian", "head", "teacher", "supply"}
# A page of a child's notebook: told to their family and to who keeps the notebooks of their class.
IN_NOTEBOOK = "Canari-cahier-adam"
OF_NOTEBOOK = {"guardian", "guardian_coparent", "head", "teacher", "supply"}
# What the city says to the families of its schools; teachers, heads and the teams of sites there read it, its own
# service too.
TO_CITY_FAMILIES = "Canari-annonce-marelle"
OF_CITY_FAMILIES = {
    "guardian", "guardian_coparent", "guardian_other_family", "guardian_ulis", "guardian_two_schools",
    "guardian_other_class", "guardian_other_school", "head", "head_other_school", "teacher", "teacher_other_class",
    "teacher_other_school", "supply", "city_education", *SITE_TEAM,
}  # fmt: skip
# What the head did about a pupil who misses class: the head's alone.
FOLLOWED = "Canari-suite-tilleuls"
# What one guardian writes to the teacher, and what the teacher then says of it to the head: never to the other parent.
BETWEEN_TWO, REPORTED = "Canari-entre-deux", "Canari-signalement"
# What a guardian writes under a post, until the class team has read it.
IN_COMMENT = "Canari-commentaire-cpb"
# What a pupil gives to be read over, and the remark it came back with.
OF_PUPIL = "Canari-texte-cm2"
# What a pupil made in a session, until who teaches the class has read it over.
IN_WORK = "Canari-travail-adam"
OF_WORK = {"teacher", "supply", "head"}
# What is told to a décloisonnement of the CP B and the CM2 by a teacher of one of them: its families, its pupils, who
# wrote it; the other class and its teacher know nothing of it.
IN_GROUP = "Canari-decloisonnement"
OF_GROUP = {"guardian", "guardian_coparent", "guardian_other_class", "pupil_cm2", "head", "teacher"}
FOUND = re.compile(r"Canari-[a-z0-9_-]+")


ALONE = {
    ELSEWHERE: OF_ELSEWHERE,
    IN_CONFIDENCE: OF_CONFIDENCE,
    TO_FAMILIES: OF_FAMILIES,
    TO_FETCH: OF_FETCH,
    IN_NOTEBOOK: OF_NOTEBOOK,
    TO_CITY_FAMILIES: OF_CITY_FAMILIES,
    FOLLOWED: {"head"},
    BETWEEN_TWO: {"guardian", "teacher", "head"},
    REPORTED: {"teacher", "head"},
    OF_PUPIL: {"pupil_cm2", "teacher_other_class", "head"},
    IN_WORK: OF_WORK,
    IN_GROUP: OF_GROUP,
    IN_COMMENT: {"guardian", "teacher", "supply", "head"},
    "Canari-dispositif": {"head", "guardian_ulis"},
}


def canary_of(name):
    return f"Canari-{name}"


@cache
def everything():
    """Every canary that is somebody's secret."""
    people = set(CHILDREN) | {guardian for _, guardians in CHILDREN.values() for guardian in guardians}
    return {canary_of(name) for name in people} | _rooms(CLASSES) | set(ALONE)


def _rooms(rooms):
    """The name of a class, and what is published in it."""
    return {f"Canari-classe-{room}" for room in rooms} | {f"Canari-post-{room}" for room in rooms}


@cache
def readable(actor):
    """The canaries this actor may meet, its own name included."""
    if actor is None:
        return set()
    allowed = {canary_of(actor)} | _of_classes(_classes_of(actor)) | _of_own_children(actor)
    allowed |= {canary for canary, readers in ALONE.items() if actor in readers}
    if actor == "former_teacher":  # keeps what reached the class while they were there, not what came after
        allowed.add("Canari-classe-cpb")
    if actor in SITE_TEAM:  # the children put down for a service of their site, and the name of their class
        for child in AT_CANTEEN:
            allowed |= {canary_of(child), f"Canari-classe-{CHILDREN[child][0]}"}
    if actor in SITE_WRITERS:
        allowed |= {canary_of(guardian) for child in AT_CANTEEN for guardian in CHILDREN[child][1]}
    return allowed


def _classes_of(actor):
    if actor in HEADS:
        return [c for c, school in CLASSES.items() if school == HEADS[actor]]
    return CLASS_STAFF.get(actor, [])


def _of_classes(rooms):
    """What the staff of these classes may meet: the class, its children, their guardians."""
    found = _rooms(rooms)
    for child, (room, guardians) in CHILDREN.items():
        if room in rooms:
            found |= {canary_of(child), *map(canary_of, guardians)}
    return found


def _of_own_children(actor):
    """What a family may meet: its children and their classes; a restricted guardian keeps the child's name only."""
    found = set()
    for child, (room, guardians) in CHILDREN.items():
        if actor == child or actor in guardians:
            found.add(canary_of(child))
            if actor != "guardian_restricted":
                found |= _rooms([room])
    return found


def leaks(text, actor, name=""):
    """Canaries in `text` that `actor` may not meet; `name` is the address's."""
    told = {ELSEWHERE} if name in TOLD_TO_ALL else set()
    return (set(FOUND.findall(text)) & everything()) - readable(actor) - told
