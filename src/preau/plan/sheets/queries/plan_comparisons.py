"""A city's spreadsheet set against what Préau knows: every difference with its reason, as writes not yet made."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate

from preau.kit.batches import Create, Update
from preau.kit.points import FAR_KM, is_far
from preau.kit.sheets import Comparison, Difference, Question
from preau.kit.tables import TableProblem
from preau.places.models import School, uai_is_plausible, without_kind
from preau.places.queries import same_school_name, school_key
from preau.plan.sheets.queries.plan_classes import (
    is_of_projects,
    merged_classes,
    set_aside,
    write_classes,
    write_none_received,
)
from preau.plan.sheets.queries.plan_known import Makers, known_of, problem_at
from preau.plan.sheets.queries.plan_lines import SUMMED
from preau.plan.sheets.queries.plan_money import write_money

SAME, LEAVE = "same", "leave"


def compare_plan(
    *, city, lines, problems, file_name: str, today: date, now, free_slug, answers=None, counts_received=False
) -> Comparison:
    """`free_slug(city=, name=, kind=, taken=)` makes the address word of a new school; `answers` are those given to the
    questions of an earlier comparison, {key: value}; `counts_received` when a column says the classes received."""
    known = known_of(city, lines)
    found = Comparison([], list(problems), [], [], defaultdict(lambda: defaultdict(int)), answers=answers or {})
    makers = Makers(city, file_name, now, free_slug)
    paid, spoken = [], {}
    # Classes of before the first call are read first: they say which schools had something, wherever they are written.
    for line in sorted(merged_classes(lines, found), key=lambda line: is_of_projects(line, known)):
        school = _school_of(line, known, found, makers)
        if school is None or isinstance(school, TableProblem):  # None: a question waits for its answer
            found.problems += [school] if school else []
            found.leave(line, *SUMMED)
            continue
        difference = Difference(line, str(school))
        if getattr(school, "sheet_new", False) and line.number == school.sheet_new:
            difference.words.append("école ajoutée")
        if getattr(school, "sheet_uai", 0) == line.number:
            difference.words.append("UAI ajouté")
        _point(line, school, known, found, makers, difference)
        _contact(line, school, found, makers, difference)
        write_classes(line, school, known, found, makers, difference)
        if line.amount_cents is not None:
            paid.append((line, school, difference))
        found.differences.append(difference)
        spoken.setdefault(school, []).append((line, difference))
    if counts_received:
        write_none_received(spoken, known, found, makers)
    write_money(sorted(paid, key=lambda each: each[0].number), known, found, makers)
    found.differences.sort(key=lambda difference: difference.line.number)
    found.problems.sort(key=lambda problem: problem.line or 0)
    found.questions.sort(key=lambda question: question.lines)
    found.counts = {table: dict(counts) for table, counts in found.counts.items()}
    return found


def classes_received_in(counts) -> int:
    """How many classes a comparison, or the batch it became, receives; from its `counts`."""
    return counts.get("acceptances", {}).get("created", 0)


def _school_of(line, known, found, makers):
    """The school a line speaks of, a new one, or why nobody can tell."""
    if line.uai in known.elsewhere:
        return problem_at(makers, line, "UAI", f"{line.uai} est l’école d’une autre ville. Vérifiez l’UAI.")
    by_uai = [s for s in known.schools if line.uai and s.uai == line.uai]
    if by_uai:
        school = _school_meant(line, by_uai[0], known, found)
        return school and _known_school(line, school, known, found, makers)
    same = _of_the_name(line.school, known.schools) if line.school else []
    alike = [s for s in same if not line.kind or s.kind == line.kind]
    if len(alike) > 1:
        return problem_at(makers, line, "Nature", "plusieurs écoles portent ce nom. Écrivez la nature ou l’UAI.")
    if alike:
        return _same_name(line, alike[0], known, found, makers)
    made = _new_school(line, known, found, makers)
    if same and not line.uai and isinstance(made, School):
        kind = same[0].get_kind_display()
        said = (
            f"Préau connaît déjà {without_kind(same[0].full_name, kind)}, {kind}. "
            "Cette ligne ajoute une autre école. Vérifiez sa nature, ou écrivez son UAI."
        )
        found.warnings.append(problem_at(makers, line, "Nature", said))
    return made


def _of_the_name(name, schools):
    """Those alone of that whole name, « Montmidi, 3 rue du Lac »; else all that may be said so."""
    return [s for s in schools if s.is_wholly(name)] or [s for s in schools if school_key(s.name) == school_key(name)]


def _school_meant(line, school, known, found):
    """A UAI of the city with a name that is not that school's: one of the two is wrong, and only a person knows. The
    school she chose, that of the UAI or the one of that name; None while she has not, or for neither."""
    key = school_key(line.school)
    others = [other for other in known.schools if other is not school]
    named = [other for other in others if school_key(other.name) == key]
    if not line.school or school_key(school.name) == key or school.is_wholly(line.school):
        return school
    if not named and same_school_name(school.name, line.school):
        return school
    named = named or [other for other in others if same_school_name(other.name, line.school)]
    asked = f"uai:{line.uai}:{key}"
    text = (
        f"{line.uai} est l’UAI de {school.with_article}, et le tableau écrit «\u00a0{line.school}\u00a0». "
        "De quelle école parle-t-il\u00a0?"
    )
    meant = {SAME: school} | {str(other.pk): other for other in named if not hasattr(other, "sheet_new")}
    place = next((n for n, question in enumerate(found.questions) if question.key == asked), None)
    if place is not None:
        found.questions[place] = replace(found.questions[place], lines=(*found.questions[place].lines, line.number))
        return meant.get(found.answers.get(asked))
    answers = [(SAME, f"c’est bien {school.with_article}")]
    answers += [
        (value, f"c’est {other.shown_name}, l’UAI du tableau n’est pas le sien")
        for value, other in meant.items()
        if other is not school
    ]
    answers = (*answers, (LEAVE, "ne rien prendre de ces lignes"))
    return meant.get(
        found.ask(Question(asked, (line.number,), line.school, text, answers, found.answers.get(asked, "")))
    )


def _known_school(line, school, known, found, makers):
    aside = set_aside(line, school, known, makers)
    if aside:
        return aside
    found.counts["schools"]["unchanged"] += 1
    return school


def _same_name(line, school, known, found, makers):
    if not line.uai or school.uai == line.uai:
        return _known_school(line, school, known, found, makers)
    if school.uai:
        return problem_at(makers, line, "UAI", f"Préau connaît cette école sous l’UAI {school.uai}. Vérifiez la ligne.")
    aside = set_aside(line, school, known, makers)
    if aside:
        return aside
    school.sheet_uai = line.number
    found.writes.append(Update(school, {"uai": line.uai}))
    found.counts["schools"]["updated"] += 1
    return school


def _new_school(line, known, found, makers):
    if not line.school:
        return problem_at(makers, line, "École", f"Préau ne connaît pas l’UAI {line.uai}. Écrivez le nom de l’école.")
    if not line.kind:
        return problem_at(
            makers, line, "Nature", "école nouvelle sans nature. Écrivez maternelle, élémentaire ou primaire."
        )
    aside = set_aside(line, None, known, makers)
    if aside:
        return aside
    if line.uai and not uai_is_plausible(line.uai):
        said = f"la lettre de {line.uai} ne va pas avec ses chiffres. La ligne est prise telle quelle, vérifiez l’UAI."
        found.warnings.append(problem_at(makers, line, "UAI", said))
    slug = makers.free_slug(city=makers.city, name=line.school, kind=line.kind, taken=known.slugs)
    school = School(
        city=makers.city,
        name=line.school[:120],
        kind=line.kind,
        uai=line.uai,
        slug=slug,
        is_fictitious=makers.city.is_fictitious,
        source=makers.source(line),
    )
    school.sheet_new = line.number
    known.schools.append(school)
    known.slugs.add(slug)
    found.writes.append(Create(school))
    found.counts["schools"]["created"] += 1
    return school


def _point(line, school, known, found, makers, difference):
    """Where the school is: written or corrected by the first line that says it; a later one that differs is told."""
    if not line.latitude:
        return
    point, (said, number) = (Decimal(line.latitude), Decimal(line.longitude)), known.points.get(school.pk, (None, 0))
    if said is not None and said != point:
        words = f"cette école est située ailleurs à la ligne {number}. Celle-là est prise, vérifiez."
        found.warnings.append(problem_at(makers, line, "Latitude", words))
    if said is not None:
        return
    others = [_place_of(other, known) for other in known.schools if other.pk != school.pk]
    known.points[school.pk] = point, line.number
    if point == (school.latitude, school.longitude):
        found.counts["locations"]["unchanged"] += 1
        return
    if is_far(point, [other for other in others if other[0] is not None]):
        words = f"c’est à plus de {FAR_KM} km d’une autre école de la Ville. La ligne est prise telle quelle, vérifiez."
        found.warnings.append(problem_at(makers, line, "Latitude", words))
    _locate(school, point, makers.source(line)[:200], found, difference)


def _contact(line, school, found, makers, difference):
    """What Préau does not know of its address, telephone and e-mail: what it knows, somebody wrote."""
    values = {name: text for name, text in line.contact.items() if not getattr(school, name)}
    if not values:
        return
    difference.words.append("adresse notée" if "address" in values else "contact noté")
    found.counts["contacts"]["updated" if any(line.contact.keys() - values) else "created"] += 1
    values |= {"contact_source": makers.source(line)[:200], "contact_as_of": localdate(makers.now)}
    if hasattr(school, "sheet_new"):
        for name, value in values.items():
            setattr(school, name, value)
    else:
        found.writes.append(Update(school, values))


def _place_of(school, known):
    return known.points.get(school.pk, ((school.latitude, school.longitude), 0))[0]


def _locate(school, point, source, found, difference):
    is_new = school.latitude is None
    values = {"latitude": point[0], "longitude": point[1], "location_source": source}
    if hasattr(school, "sheet_new"):
        for name, value in values.items():
            setattr(school, name, value)
    else:
        found.writes.append(Update(school, values))
    found.counts["locations"]["created" if is_new else "updated"] += 1
    difference.words.append("située sur la carte" if is_new else "situation corrigée")
