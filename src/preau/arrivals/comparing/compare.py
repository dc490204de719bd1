"""The order of a comparison: classes and pupils, then guardians, then teachers, then what is missing."""

import dataclasses

from preau.arrivals.comparing import changes
from preau.arrivals.comparing.births import settle_births
from preau.arrivals.comparing.children import Roster
from preau.arrivals.comparing.classes import Classes
from preau.arrivals.comparing.guardians import compare_guardians
from preau.arrivals.comparing.plan import KINDS, VERBS, Comparison, Difference, Draft
from preau.arrivals.comparing.pupils import PupilMatcher
from preau.arrivals.comparing.spellings import settle_spellings
from preau.arrivals.comparing.teachers import compare_teachers
from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS, Problem


def compare(base, files, decisions, *, today, starts_on, complete=False, set_aside=False) -> Comparison:
    """What `files` (read) would do to `base`.

    decisions: {frozenset of two keys: "same" or "different"}; starts_on: first day of what is made;
    complete: pupils missing from the files leave the school; set_aside: lines with a problem do not block the others.
    """
    draft = Draft(base, decisions, today=today, starts_on=starts_on)
    files = settle_births(draft, files)
    for file in files:
        draft.problems += file.problems
    blocking = [problem for problem in draft.problems if problem.blocks]
    if not blocking or (set_aside and all(problem.line for problem in blocking)):
        files = settle_spellings(draft, files)
        _compare_lines(draft, files, complete)
    counts = {kind: {verb: draft.counts[kind][verb] for verb in VERBS} for kind in KINDS}
    comparison = Comparison(
        base.school_year,
        starts_on,
        tuple(files),
        tuple(draft.differences),
        tuple(draft.questions),
        tuple(draft.missing),
        tuple(draft.problems),
        counts,
        tuple(draft.writes),
        set_aside,
        _enrolled_count(draft),
        tuple(draft.bound),
    )
    return dataclasses.replace(comparison, writes=(), bound=()) if comparison.refused else comparison


def _compare_lines(draft, files, complete):
    lines = {
        kind: [line for file in files if file.kind == kind for line in file.lines]
        for kind in (PUPILS, GUARDIANS, TEACHERS)
    }
    given = {file.kind for file in files}
    classes = Classes(draft)
    entries = PupilMatcher(draft, lines[PUPILS]).match()
    for entry in entries:
        _write_pupil(draft, entry, classes)
    if PUPILS in given:
        _doubt_the_school(draft, entries, files)
        _say_missing_pupils(draft, entries, complete and _all_read(draft, files))
    if GUARDIANS in given:
        compare_guardians(draft, lines[GUARDIANS], Roster(draft, entries))
    if TEACHERS in given:
        compare_teachers(draft, lines[TEACHERS], classes)
    classes.finish(full=PUPILS in given)


def _write_pupil(draft, entry, classes):
    line, known = entry.line, entry.known
    room = classes.take(line)
    if entry.pending:
        return
    if known is None:
        entry.person = changes.new_person(draft, line, birth_date=line.birth_date)
        draft.bind(entry)
        changes.record_changes(draft, entry.person, None, line, entry.ine_key)
        reasons = changes.enrolment_changes(draft, entry.person, None, line, room)
        changes.dispositif_changes(draft, entry.person, None, line)
        draft.tell("pupils", "created", line, entry.person.full_name, reasons)
        return
    entry.person = known.person
    reasons = changes.name_changes(draft, entry.person, line, birth_date=line.birth_date)
    reasons += changes.record_changes(draft, entry.person, known.record, line, entry.ine_key)
    reasons += changes.enrolment_changes(draft, entry.person, known, line, room)
    reasons += changes.dispositif_changes(draft, entry.person, known, line)
    draft.tell("pupils", "updated" if reasons else "unchanged", line, entry.person.full_name, reasons)


def _doubt_the_school(draft, entries, files):
    """The files of another school read well: nobody of this one is in them."""
    here = _enrolled_count(draft)
    if here and entries and not any(entry.known or entry.pending for entry in entries):
        name = next(file.name for file in files if file.kind == PUPILS)
        reason = (
            f"aucun élève de ce fichier n’est encore à {draft.base.school.with_article}, qui en compte {here}. "
            "Vérifiez que c’est bien le sien."
        )
        draft.problems.append(Problem(name, None, "", reason, blocks=False))


def _enrolled_count(draft):
    return sum(1 for known in draft.base.pupils.values() if known.open_enrolment is not None)


def _say_missing_pupils(draft, entries, complete):
    found = {entry.known.person.pk for entry in entries if entry.known} | draft.doubted
    for known in draft.base.pupils.values():
        enrolment = known.open_enrolment
        if enrolment is None or known.person.pk in found:
            continue
        draft.miss("pupils", known.person, known.person.full_name)
        if complete:
            changes.end_enrolment(draft, known)
            draft.differences.append(_ended(known))


def _all_read(draft, files):
    """A pupil whose line was left aside is not missing: nobody leaves then."""
    aside = [problem.file for file in files if file.kind == PUPILS for problem in file.problems if problem.blocks]
    aside += [name for name, _ in draft.held]
    if aside:
        reason = "des lignes d’élèves sont laissées de côté\u00a0: personne ne quitte l’école."
        draft.problems.append(Problem(aside[0], None, "", reason, blocks=False))
    return not aside


def _ended(known):
    return Difference("pupils", "ended", "", None, known.person.full_name, ("absent du fichier complet",))
