"""The plan of the commune that does not exist in its shortest form, for the rooms that read what was received.

The demo tells the same lines through files, committees and réceptions (`preau.demo.commune`); here each class is
received at once, by the action that every réception ends in.
"""

import datetime

from django.utils.timezone import localdate

from preau.demo.plan_world import FICTION, HERE, commune_rows, found_commune, rows_of
from preau.kit.money import split_cents
from preau.places.models import School
from preau.plan.equipment import actions
from preau.plan.equipment.models import Acceptance, KitLine, Quality, StandardKit
from preau.plan.finance.actions import record_expense
from preau.plan.rollouts.actions import record_acceptance


def build_commune(*, city, person, now):
    """45 schools, the classes received and paid over six years that end last year. Returns {name: School}."""
    first_year = localdate(now).year - 6
    schools = found_commune(city=city, person=person, now=now, since=datetime.date(first_year - 1, 9, 1))
    others = list(School.objects.filter(city=city).exclude(pk__in=[school.pk for school in schools.values()]))
    actions.record_none_received(person=person, city=city, schools=others, source="Recensement", now=now)
    by_year = {}
    for row in commune_rows():
        if row["year"]:
            by_year.setdefault(int(row["year"]), []).append((schools[row["name"]], int(row["classes"])))
    for row in rows_of(HERE / "sainte_marelle_years.csv"):
        year = int(row["year"])
        _equip(by_year[year], first_year + year - 1, int(row["paid_cents"]), person, now)
    _publish_second_version(city, schools["Le Kaléidoscope"], person, now)
    return schools


def _equip(schools, year, paid_cents, person, now):
    """One year: each school's classes are received on one day, its money is its share by classes."""
    shares = split_cents(paid_cents, [classes for _, classes in schools])
    for rank, ((school, classes), cents) in enumerate(zip(schools, shares, strict=True)):
        day = datetime.date(year, 4 + rank, 7 + 4 * rank)
        kit = StandardKit.objects.get(city=school.city, school_kind=school.kind, version=1)
        for number in range(1, classes + 1):
            record_acceptance(
                person=person,
                school=school,
                label=f"Classe {number}",
                kit=kit,
                accepted_on=day,
                source=f"Procès-verbal fictif n° {year}-{rank + 1:02d}",
                quality=Quality.FICTITIOUS,
                now=now,
            )
        record_expense(
            person=person,
            school=school,
            fiscal_year=year,
            amount_cents=cents,
            source=FICTION,
            quality=Quality.FICTITIOUS,
            now=now,
        )


def _publish_second_version(city, school, person, now):
    """This year a sound system joins the elementary kit; one school has it already, the others keep their date."""
    today = localdate(now)
    lines = actions.deck_lines(school_kind=School.Kind.ELEMENTARY)
    lines.append({"item": "Enceinte de classe", "rule": KitLine.Rule.PER_CLASS})
    kit = actions.publish_kit_version(
        person=person,
        city=city,
        school_kind=School.Kind.ELEMENTARY,
        lines=lines,
        source=FICTION,
        published_on=today - datetime.timedelta(days=100),
        quality=Quality.FICTITIOUS,
        now=now,
    )
    for acceptance in Acceptance.objects.filter(school=school).order_by("label_key"):
        record_acceptance(
            person=person,
            school=school,
            label=acceptance.label,
            kit=kit,
            now=now,
            accepted_on=today - datetime.timedelta(days=40),
            quality=Quality.FICTITIOUS,
            source="Procès-verbal fictif de mise à niveau",
        )
