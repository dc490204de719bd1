"""The classes a line of the spreadsheet says: those the school has, and those received."""

from dataclasses import replace
from datetime import date

from django.utils.timezone import localdate

from preau.kit.batches import Create
from preau.kit.sheets import Question
from preau.places.queries import school_key
from preau.plan.equipment.models import UNDETAILED, Acceptance, Fact, Measure, Quality
from preau.plan.sheets.queries.plan_known import problem_at

ADDED, ALIKE = "added", "alike"


def set_aside(line, school, known, makers):
    """The problem of a line that receives classes which only a roll-out receives, or None. `school` is None when the
    line adds it. What the city had before its plan was kept here is its own history, and is taken."""
    key = school.pk if school else None
    if not line.equipped or line.equipped <= len(known.received[key, line.year]):
        return None
    why = _barred(key, date.fromisoformat(line.day), known)
    if not why:
        return None
    mend = "Videz cette case pour prendre le reste de la ligne."
    if not line.day_is_known and not _barred(key, date(line.year, 1, 1), known):
        mend = (
            f"Si ces classes ont été reçues plus tôt, écrivez leur jour, comme 15/03/{line.year}. Sinon, {mend.lower()}"
        )
    return problem_at(makers, line, "Classes équipées", f"{why[0].lower()}{why[1:]} {mend}")


def merged_classes(lines, found):
    """The lines, where two of one school and year both count classes: added, or the same ones, as a person says. Until
    then neither is received, and the rest of each line is taken."""
    groups = {}
    for line in lines:
        if line.equipped:
            groups.setdefault((line.uai or f"{school_key(line.school)} {line.kind}", line.year), []).append(line)
    merged = {line.number: line for line in lines}
    for (_, year), same in groups.items():
        if len(same) < 2:
            continue
        numbers = tuple(line.number for line in same)
        total, most = sum(line.equipped for line in same), max(line.equipped for line in same)
        said = " et ".join(str(line.equipped) for line in same)
        key = "classes:" + ":".join(map(str, numbers))
        text = f"le tableau compte {said} classes équipées en {year}. S’additionnent-elles\u00a0?"
        answers = ((ADDED, f"oui, {total} classes"), (ALIKE, f"non, ce sont les mêmes\u00a0: {most} classes"))
        name = same[0].school or same[0].uai
        answer = found.ask(Question(key, numbers, name, text, answers, found.answers.get(key, "")))
        for line in same:
            merged[line.number] = replace(line, equipped=0)
        merged[numbers[0]] = replace(same[0], equipped={ADDED: total, ALIKE: most}.get(answer, 0))
        told = next(line for line in same if line.equipped == most)
        for line in same if answer != ADDED else ():
            if line is not told or not answer:
                found.leave(line, "equipped")
    return list(merged.values())


def _barred(school_id, day, known):
    return known.bars.of_day(school_id, day) or known.bars.of_any_class(school_id, day)


def is_of_projects(line, known) -> bool:
    """Whether a line receives classes since the city's first call."""
    return bool(line.equipped) and known.bars.is_of_projects(date.fromisoformat(line.day))


def write_classes(line, school, known, found, makers, difference):
    """As many receptions as the sheet says for that year; more of them here are listed and kept."""
    _class_count(line, school, known, found, makers, difference)
    if not line.equipped:
        return
    here = known.received[school.pk, line.year]
    missing = line.equipped - len(here)
    found.counts["acceptances"]["unchanged"] += min(line.equipped, len(here))
    if missing < 0:
        difference.keeps = f"{len(here)} classes reçues en {line.year} ici, {line.equipped} dans le tableau"
    if missing <= 0:
        return
    seen = known.bars.labels_seen(school.pk)  # with a réserve open: another class takes another name
    known.bars.equipped.add(school.pk)
    kit = _kit_for(line, school, known)
    number = 0
    for _ in range(missing):
        number += 1
        while f"classe {number}" in known.labels[school.pk] | seen:
            number += 1
        known.labels[school.pk].add(f"classe {number}")
        here.add(f"classe {number}")
        row = Acceptance(
            school=school,
            label=f"Classe {number}",
            kit=kit,
            accepted_on=date.fromisoformat(line.day),
            day_is_known=line.day_is_known,
            source=makers.source(line),
            quality=Quality.DECLARED,
        )
        found.writes.append(Create(row))
    found.counts["acceptances"]["created"] += missing
    unsaid = f" ({UNDETAILED})" if kit is None else ""
    difference.words.append(f"{missing} classe{'s' if missing > 1 else ''} de plus en {line.year}{unsaid}")


def write_none_received(spoken, known, found, makers):
    """{school: [(line, its difference)]}: a school of which no line says a class nor an amount received nothing, unless
    something is known of it. What is left out of it is kept beside, and is told first (`equipment.queries.is_told`)."""
    for school, said in spoken.items():
        silent = not any(line.equipped or line.amount_cents for line, _ in said)
        if not silent or school.pk in known.told or known.labels[school.pk]:
            continue
        line, difference = said[-1]
        today = localdate(makers.now)
        found.writes.append(
            Create(
                Fact(
                    city=makers.city,
                    school=school,
                    measure=Measure.NONE_RECEIVED,
                    value=0,
                    as_of=today,
                    source=makers.source(line),
                    quality=Quality.DECLARED,
                )
            )
        )
        found.counts["facts"]["created"] += 1
        difference.words.append("aucune classe reçue")


def _class_count(line, school, known, found, makers, difference):
    """The school's own count: as written, else the equipped classes said so far, when nothing better is known."""
    said = line.classes
    if said is None and line.equipped:
        labels = len(known.labels[school.pk]) + max(0, line.equipped - len(known.received[school.pk, line.year]))
        said = labels if labels > max((value for _, value in known.counts[school.pk]), default=0) else None
    day = date.fromisoformat(line.day) if line.day else localdate(makers.now)
    if said is None or said == next(
        (value for as_of, value in reversed(known.counts[school.pk]) if as_of <= day), None
    ):
        return
    source = makers.source(line) + ("" if line.classes is not None else " (classes équipées)")
    fact = Fact(
        city=makers.city,
        school=school,
        measure=Measure.CLASSES,
        value=said,
        as_of=day,
        period=str(day.year),
        source=source[:300],
        quality=Quality.DECLARED,
    )
    known.counts[school.pk] = sorted([*known.counts[school.pk], (day, said)], key=lambda known: known[0])
    found.writes.append(Create(fact))
    found.counts["facts"]["created"] += 1
    if line.classes is not None:
        difference.words.append(f"l’école a {said} classe{'s' if said > 1 else ''}")


def _kit_for(line, school, known):
    """The city's kit in force all that day, or all that year when only the year is said; None when there was none: the
    table says that the class is equipped, and not with what."""
    day = date.fromisoformat(line.day) if line.day_is_known else date(line.year, 1, 1)
    in_force = [kit for kit in known.kits[school.kind] if kit.published_on <= day]
    return in_force[-1] if in_force else None
