"""A room to throw away, `ent.trial`: a few words that the staff of a school leave one another. It follows « To add a
room » of docs/architecture.md; tests/house/test_new_room.py puts it in a copy of the tree."""

ROOM = "src/preau/ent/trial"
FILES = {
    "README.md": "# ent/trial — a few words that the staff of a school leave one another\n",
    "__init__.py": "",
    "migrations/__init__.py": "",
    "apps.py": """\
from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "preau.ent.trial"
    label = "trial"
    verbose_name = "Mots entre adultes de l’école"
    service = "services_vie_scolaire"
""",
    "models.py": '''\
"""A few words left to the staff of a school."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import School


class StaffWord(Row):
    """Never changed once left."""

    school = models.ForeignKey(School, models.CASCADE, related_name="staff_words", verbose_name="école")
    author = models.ForeignKey(Person, models.CASCADE, related_name="staff_words", verbose_name="autrice ou auteur")
    text = models.CharField("mot", max_length=200)
    written_at = models.DateTimeField("écrit le")

    privacy = Privacy(
        holds="mots laissés aux collègues", why="se parler à l’école", keeps="30 jours", subjects=("author",)
    )

    class Meta:
        verbose_name = "mot entre adultes"
''',
    "clocks.py": '''\
"""What this room keeps for a time."""

import datetime

from preau.ent.trial.models import StaffWord
from preau.kit.rooms.clocks import Due

KEPT = datetime.timedelta(days=30)

CLOCKS = (
    Due("mots de plus de 30 jours", StaffWord, lambda now: StaffWord.objects.filter(written_at__lte=now - KEPT)),
)
''',
    "rules.py": '''\
"""Who reads the words of a school, and leaves one: its staff."""

from preau.ent.trial.models import StaffWord
from preau.kit.answers import Answer, No, Yes
from preau.people.models import SCHOOL_ROLES
from preau.people.queries.grounds import Grounds

# Who may, by the place where the role is held (people.queries.grounds).
WORKS = Grounds("school", school=SCHOOL_ROLES)


def words_visible_to(person, today):
    return StaffWord.objects.filter(WORKS.where(person, today, "school"))


def can_leave_word(person, school, today) -> Answer:
    if WORKS.covers(person, school, today):
        return Yes()
    return No("Les mots sont laissés par les adultes de l’école.")
''',
    "actions.py": '''\
"""The only writes about words."""

from django.db import transaction

from preau.ent.trial.models import StaffWord
from preau.ent.trial.rules import can_leave_word
from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.ids import sending
from preau.kit.rows import lock


@transaction.atomic
def leave_word(*, person, school, text, now, once=None) -> StaffWord:
    """`once` names the page it was typed in: pressed twice, it is left once. Raises Refused, Conflict."""
    lock(person, no_key=True)
    allow(can_leave_word, person, school, now=now)
    word = StaffWord(school=school, author=person, text=text, written_at=now)
    word.pk = sending(once, person.pk, text) or word.pk
    if known := StaffWord.objects.filter(pk=word.pk).first():
        return known
    word.save(force_insert=True)
    record(person_id=person.pk, verb="staff_word_left", subject=word, now=now, place_id=school.pk)
    return word
''',
    "forms.py": '''\
"""What is typed."""

from preau.kit.forms import LineField
from preau.schools.fields import SentOnce


class WordForm(SentOnce):
    text = LineField(label="Votre mot", max_length=200)
''',
    "views.py": '''\
"""The page of a school's words."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.trial import actions, rules
from preau.ent.trial.forms import WordForm
from preau.kit.answers import require
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import signed_in, submit
from preau.spaces.rules import schools_visible_to


@signed_in("GET", "POST")
def school_words(request, school_id):
    """The last ones, and a form for one more."""
    person, today = request.person, localdate()
    school = get_object_or_404(schools_visible_to(person, today), pk=school_id)
    require(rules.can_leave_word(person, school, today))
    form = WordForm(request.POST or None)
    if submit(request, form, partial(actions.leave_word, person=person, school=school, now=now())):
        return redirect("trial:school_words", school_id=school.pk)
    words = rules.words_visible_to(person, today).filter(school=school).order_by("-written_at", "-id")[:20]
    tabs = tabs_of("school", school, person=person, today=today, path=request.path)
    context = {"form": form, "school": school, "words": words, "tabs": tabs}
    return render(request, "trial/words.html", context, status=422 if form.errors else 200)
''',
    "urls.py": '''\
"""The words of a school."""

from django.urls import path

from preau.ent.trial import views

app_name = "trial"
urlpatterns = [path("ecole/<uuid:school_id>/tableau-des-adultes/", views.school_words, name="school_words")]
''',
    "doors.py": '''\
"""The ways into this room."""

from preau.ent.trial.rules import can_leave_word
from preau.kit.rooms.doors import Door, Tab
from preau.people.models import CLASS_ROLES, Role
from preau.schools.faces import of_school

DOORS = (
    Door(45, "Entre nous", "trial:school_words", (*CLASS_ROLES, Role.SCHOOL_HEAD), of_school),
    Tab(30, "Entre nous", "trial:{kind}_words", ("school",), can_leave_word),
)
''',
    "templates/trial/words.html": """\
{% extends "kit/base.html" %}
{% block title %}Entre nous, {{ school.shown_name }}{% endblock %}
{% block main %}
{% include "kit/_tabs.html" with label=school.shown_name %}
<h1>Entre nous</h1>
<form method="post">{% csrf_token %}{{ form.once }}{{ form.text.as_field_group }}
<button class="btn btn-main">Laisser ce mot</button></form>
<ul>{% for word in words %}<li>{{ word.text }}</li>{% endfor %}</ul>
{% endblock %}
""",
}
# Beside the room's folder: {file: (what stands there, what is put in its place)}
BY_HAND = {
    "config/rooms.py": ('("posts", "notes"', '("posts", "notes", "trial"'),
    "docs/glossary.md": (
        "| lot de changements |",
        "| mot entre adultes | `StaffWord` | a few words left to the staff of a school | — |\n| lot de changements |",
    ),
    "CHANGELOG.md": (
        "### Nouveau\n", "### Nouveau\n- **Mots entre adultes.** Les adultes d’une école s’y laissent un mot.\n",
    ),
}  # fmt: skip
# In tests: its page among those that axe reads. A name of its own in an address would also have its sample.
IN_TESTS = {
    "tests/look/ent.py": (
        'ROOMS = {\n', 'ROOMS = {\n    "trial": (nothing, (("trial/words.html", "trial:school_words", "head"),)),\n',
    ),
}  # fmt: skip
OWN_TEST = '''\
"""What the room does, and where it is found."""

from django.urls import reverse


def test_the_room_is_entered_from_everywhere(world, client):
    school = world.schools["tilleuls"]
    url = reverse("trial:school_words", args=[school.pk])
    world.sign_in(client, "head")
    assert f'href="{url}">Entre nous</a>' in client.get("/aujourdhui/").content.decode().partition("</nav>")[0]
    tabs = client.get(reverse("portal:school_home", args=[school.pk])).content.decode().partition('class="tabs"')[2]
    assert f'href="{url}"' in tabs.partition("</nav>")[0]
    for _ in range(2):
        client.post(url, {"text": "Le photocopieur est réparé.", "once": "01234567-89ab-7def-8123-456789abcdef"})
    assert client.get(url).content.decode().count("photocopieur") == 1
    assert "Mots laissés aux collègues" in client.get("/donnees-personnelles/").content.decode()
    assert world.sign_in(client, "guardian").get(url).status_code == 403
'''
