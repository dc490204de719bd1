"""A call of Marelle and the file of École Tilleuls, taken as far as a test asks, through the actions."""

import datetime

import pytest

from preau.media.documents import Document
from preau.plan.ambitions.actions import add_deck_ambitions
from preau.plan.applications import actions
from preau.plan.applications.models import Authority, Opinion
from tests.kept import kept
from tests.plan.conftest import NOW, TODAY

DAY = datetime.timedelta(days=1)
PROJECT = "Canari-projet : chaque classe tient un carnet d’expériences."
ANSWERS = {
    "usages": {"usages-domaines": ["Création de contenus"], "usages-semaine": "Deux heures par classe."},
    "equipe": {"equipe-formation": "Deux temps avec l’ERUN."},
    "familles": {"familles-place": "Elles écoutent le carnet."},
    "equipement": {"equipement-souhaite": "Deux chariots."},
    "organisation": {
        "organisation-rangement": "Réserve du rez-de-chaussée.", "organisation-tour": "Une semaine sur deux.",
        "organisation-wifi": "oui",
    },
    "suivi": {"suivi-indicateurs": ["Heures d’usage par classe"]},
    "conseils": {"conseils-avis": "Favorable."},
}  # fmt: skip
COLUMNS = {
    "projet": {"title": "Raconter la science", "project": PROJECT},
    "equipe": {"committed_count": 8, "posts_count": 9},
    "conseils": {"teachers_council_on": TODAY - 20 * DAY, "school_council_on": TODAY - 10 * DAY},
}


class Scene:
    """Acts of the story, each by the one who does it."""

    @kept
    def __init__(self, world):
        self.world = world
        self.school = world.schools["tilleuls"]
        self.ambitions = add_deck_ambitions(person=self.who("city_education"), city=world.cities["marelle"], now=NOW)
        self.revision = actions.publish_revision(
            person=self.who("city_education"),
            now=NOW,
            revision=actions.start_revision(person=self.who("city_education"), city=world.cities["marelle"], now=NOW),
        )
        self.call = self.open_call()

    def who(self, name):
        return self.world.people[name]

    def open_call(self, **values):
        values = {
            "school_year": "2026-2027",
            "title": "Appel 2026",
            "opens_at": NOW - 30 * DAY,
            "closes_at": NOW + 30 * DAY,
            "criteria": "Un projet, une équipe.",
            "form_revision": self.revision,
        } | values
        return actions.open_call(
            person=self.who("city_education"), city=self.world.cities["marelle"], now=NOW, **values
        )

    @kept
    def start(self, school="tilleuls", head="head"):
        return actions.start_application(
            person=self.who(head), call=self.call, school=self.world.schools[school], now=NOW
        )

    def columns(self, section):
        chosen = {"ambitions": self.ambitions[:1]} if section == "projet" else {}
        return COLUMNS.get(section, {}) | chosen

    @kept
    def fill(self, application, head="head", leave=()):
        for section in ("projet", "usages", "equipe", "familles", "equipement", "organisation", "suivi", "conseils"):
            if section not in leave:
                actions.save_section(
                    person=self.who(head),
                    application=application,
                    section=section,
                    version=0,
                    now=NOW,
                    answers=ANSWERS.get(section, {}),
                    columns=self.columns(section),
                )
        application.refresh_from_db()
        return application

    def join_two(self, application):
        """Two pieces, one of a long name."""
        long = "Projet d’école 2024-2027, avec les avenants du conseil de novembre"
        for label, kind, content, pages in ((long, "pdf", b"%PDF-1.7", 12), ("Plan", "webp", b"RIFF", None)):
            actions.add_attachment(
                person=self.who("head"),
                application=application,
                document=Document(kind, content, pages),
                label=label,
                now=NOW,
            )

    @kept
    def submitted(self):
        """Filed: the IEN's opinion is asked."""
        application = self.fill(self.start())
        actions.submit(person=self.who("head"), application=application, now=NOW)
        application.refresh_from_db()
        return application

    def opinion(self, application, authority=Authority.IEN):
        return Opinion.objects.select_related("application__school__city").get(
            application=application, authority=authority, submission__number=application.copies_count
        )

    def give(self, application, authority=Authority.IEN, name="ien", verdict="favourable", motivation="", **values):
        opinion = actions.give_opinion(
            person=self.who(name),
            opinion=self.opinion(application, authority),
            verdict=verdict,
            motivation=motivation,
            now=NOW,
            **values,
        )
        application.refresh_from_db()
        return opinion

    @kept
    def refiled(self):
        """Changes were asked and answered: a second copy waits for the IEN. Returns it and the first copy's opinion."""
        application = self.submitted()
        first = self.opinion(application)
        actions.request_changes(person=self.who("ien"), application=application, text="Précisez.", now=NOW)
        actions.submit(person=self.who("head"), application=application, now=NOW)
        application.refresh_from_db()
        return application, first

    @kept
    def in_state_review(self):
        application = self.submitted()
        self.give(application)
        return application


@pytest.fixture
def scene(world) -> Scene:
    return Scene(world)
