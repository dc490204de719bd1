"""A call whose files have their opinions: four schools to rank."""

import datetime
import uuid

import pytest

from preau.places.models import School
from preau.plan.ambitions.models import Ambition
from preau.plan.applications.models import Application, Call, DecisionRef, FormRevision, Opinion, State, Submission
from preau.plan.equipment import actions as equipment
from preau.plan.priorities import actions
from tests.kept import kept
from tests.plan.conftest import NOW, TODAY

DAY = datetime.timedelta(days=1)
NAMES = ("Tilleuls", "Saules", "Billes", "Ficelle")


def decision(reason="", number="2026-07"):
    return DecisionRef(id=uuid.uuid4(), number=number, held_on=TODAY, reason=reason)


class Scene:
    """Files ready to be ranked, and the acts of DSDEN, DAN and city on them."""

    @kept
    def __init__(self, world):
        self.world, self.city = world, world.cities["marelle"]
        revision, _ = FormRevision.objects.get_or_create(
            city=self.city, number=1, defaults={"created_at": NOW, "published_at": NOW}
        )
        self.call = Call.objects.create(
            city=self.city,
            school_year="2026-2027",
            title="Appel 2026",
            opens_at=NOW - 40 * DAY,
            closes_at=NOW - DAY,
            criteria="Un projet.",
            form_revision=revision,
        )
        # Retired at once: what the committees of these tests decide serves none.
        self.ambition = Ambition.objects.create(
            city=self.city, code="essai", label="Essai", kind="plan", source="essai", position=99, retired_on=TODAY
        )
        self.applications = {name: self.file(name) for name in NAMES}

    def who(self, name):
        return self.world.people[name]

    def school(self, name):
        known = self.world.schools.get(name.lower())
        return known or School.objects.create(
            name=f"École {name}",
            slug=name.lower(),
            kind="elementary",
            city=self.city,
            district=self.world.districts["north"],
        )

    def file(self, name):
        return Application.objects.create(
            call=self.call,
            school=self.school(name),
            state=State.STATE_REVIEW,
            state_at=NOW,
            started_at=NOW,
            submitted_at=NOW,
            copies_count=1,
            title=f"Projet {name}",
            project="Un projet.",
            committed_count=4,
            posts_count=5,
            served_ambition=self.ambition,
        )

    def opinion(self, application, copy: int, authority, verdict="favourable", **values):
        """Given on the copy of that number."""
        submission, _ = Submission.objects.get_or_create(
            application=application,
            number=copy,
            defaults={
                "form_revision": self.call.form_revision,
                "title": application.title,
                "content": {},
                "digest": "0" * 64,
                "submitted_at": NOW,
            },
        )
        return Opinion.objects.create(
            application=application,
            submission=submission,
            authority=authority,
            asked_at=NOW,
            due_on=TODAY,
            verdict=verdict,
            given_at=NOW,
            **values,
        )

    @kept
    def open(self, names=NAMES, *, motive="Projet solide."):
        """A draft with these schools in order, their reasons given."""
        draft = actions.open_list(person=self.who("dsden"), call=self.call, now=NOW)
        for name in names:
            actions.add_to_list(
                person=self.who("dsden"),
                priority_list=draft,
                application=self.applications[name],
                reason=motive,
                unready_reason="Travaux cet été.",
                now=NOW,
            )
        draft.refresh_from_db()
        return draft

    @kept
    def cosigned(self, names=NAMES):
        draft = actions.propose_list(person=self.who("dsden"), priority_list=self.open(names), now=NOW)
        return actions.cosign_list(person=self.who("dan"), priority_list=draft, now=NOW)

    @kept
    def before_copil(self):
        return actions.send_to_copil(person=self.who("dsden"), priority_list=self.cosigned(), now=NOW)

    @kept
    def adopted(self):
        return actions.adopt_list(person=None, priority_list=self.before_copil(), decision=decision(), now=NOW)

    @kept
    def kit(self, kind="elementary"):
        return equipment.publish_kit_version(
            person=None,
            city=self.city,
            school_kind=kind,
            lines=equipment.deck_lines(school_kind=kind),
            published_on=TODAY - 30 * DAY,
            source="essai",
            now=NOW,
        )

    @kept
    def programme(self, names=("Saules",), *, envelope_cents=10_000_000, cost_cents=4_000_000):
        year = actions.open_programme(
            person=self.who("city_education"),
            city=self.city,
            school_year="2026-2027",
            envelope_cents=envelope_cents,
            now=NOW,
        )
        kits = {}
        for name in names:
            school = self.school(name) if name not in self.applications else self.applications[name].school
            kit = kits.setdefault(school.kind, None) or self.kit(school.kind)
            kits[school.kind] = kit
            actions.add_school(
                person=self.who("city_education"),
                programme=year,
                school=school,
                kit=kit,
                cost_cents=cost_cents,
                reason="Chantier groupé.",
                now=NOW,
            )
        year.refresh_from_db()
        return year


def order_of(priority_list):
    rows = priority_list.entries.order_by("rank").values_list("application__school__name", flat=True)
    return [name.removeprefix("École ") for name in rows]


@pytest.fixture
def scene(world):
    return Scene(world)
