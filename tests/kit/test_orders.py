"""Names come in the same order on SQLite and on PostgreSQL, whatever the language of the base.

The whole suite runs on both (`bin/test`, `bin/test --pg`, whose server sorts by the rules of French); this file says
what the order is.
"""

import random

import pytest

from preau.kit.names import name_key, named_in
from preau.people.models import Person
from preau.places.models import Classroom, School

pytestmark = pytest.mark.django_db
# In the order a register reads. Locales disagree on spaces, hyphens, apostrophes, accents, capitals and ligatures.
PEOPLE = [
    ("Abbé", "Zoé"), ("abbe", "Éric"), ("de La Tour", "Ana"), ("De Lattre", "Bob"), ("Delacroix", "Cé"),
    ("D’Orgeval", "Dan"), ("Dorgeval", "Eli"), ("Élie", "Jean"), ("Élie", "Jean-Paul"), ("Élie", "Jean Pierre"),
    ("Élie", "Jeanne"), ("Œillet", "Rose"), ("Œuvrard", "Max"), ("Offenbach", "Luc"), ("Ünal", "Can"),
    ("Zola", "Émile"),
]  # fmt: skip


def shuffled(items):
    return random.Random(3).sample(items, len(items))


def by_key(items):
    return sorted(items, key=lambda item: name_key(" ".join(item)))


def test_people_come_as_their_keys_do():
    for last, first in shuffled(PEOPLE):
        Person.objects.create(last_name=last, first_name=first)
    found = list(Person.objects.order_by("sort_key").values_list("last_name", "first_name"))
    assert found == by_key(PEOPLE)
    # A space comes before any letter: « de la tour » stands before « delacroix », Jean Pierre before Jeanne.
    names = [" ".join(item) for item in found]
    assert names.index("de La Tour Ana") < names.index("De Lattre Bob") < names.index("Delacroix Cé")
    assert names.index("Élie Jean Pierre") < names.index("Élie Jeanne")


def test_the_key_ignores_accents_capitals_and_marks():
    assert name_key("L’Œuvre-Été") == name_key("l'oeuvre ete") == "l oeuvre ete"


def test_classes_and_schools_too(world):
    school = world.schools["tilleuls"]
    names = ["CP B", "CP-A", "CPC", "cm2", "CM1 bis", "CM1", "Été", "É 2", "Z"]
    for name in shuffled(names):
        Classroom.objects.create(school=school, school_year="2030-2031", name=name, levels=["CP"])
    found = Classroom.objects.filter(school_year="2030-2031").order_by("sort_key").values_list("name", flat=True)
    assert list(found) == sorted(names, key=name_key)
    schools = list(School.objects.order_by("sort_key").values_list("name", flat=True))
    assert schools == sorted(schools, key=name_key)


def test_a_search_on_the_key_finds_without_accents():
    Person.objects.create(last_name="Élie", first_name="Jean-Paul")
    for asked in ("elie jean", "ÉLIE Jean-P", "élie  jean p"):
        assert Person.objects.filter(sort_key__startswith=name_key(asked)).count() == 1


def test_a_name_is_found_in_a_text_whatever_its_apostrophe():
    names = ["Petit", "L'Heveder", "d’Ornelas"]
    for text, found in (
        ("La classe de Mme L’Heveder", "L'Heveder"),
        ("La classe de Mme L'HEVEDER", "L'Heveder"),
        ("Mme d'Ornelas est absente", "d’Ornelas"),
        ("un petit groupe", ""),
    ):
        assert named_in(text, names) == found
