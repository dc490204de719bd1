"""Guardians and the children they answer for."""

from preau.arrivals.comparing.adults import AdultMatcher, adult_of
from preau.arrivals.comparing.changes import contact_changes, name_changes, new_person
from preau.arrivals.comparing.identity import Candidate, line_key, person_key
from preau.kit.batches import Create
from preau.kit.dates import day_text
from preau.schools.models import Guardianship


def compare_guardians(draft, lines, roster):
    """Adds to the draft what the guardians' file changes."""
    adults = [adult for line in lines if (adult := _adult(draft, line, roster))]
    matched = AdultMatcher(draft, "guardians", adults, draft.base.guardians).match()
    links = set()
    for adult in matched:
        _write_person(draft, adult)
        children = list({child.pk: child for child in adult.children}.values())
        links |= {_link(draft, adult, child) for child in children}
    _say_missing(draft, matched, links)


def _adult(draft, line, roster):
    """A guardian without any child found has no place in the school: nothing is made of the line."""
    key = line_key("guardian", draft.base.school.pk, *_words(line))
    children, waiting = [], False
    for child in line.children:
        person, is_waiting = roster.find(line, child, (key,))
        waiting |= is_waiting
        if person is not None:
            children.append(person)
    if not line.children:
        draft.warn(line, "", "aucun élève n’est nommé\u00a0: cette ligne est laissée de côté.", blocks=False)
    if not children:
        return None
    return adult_of(line, key, signs={f"child:{child.pk}" for child in children}, children=children)


def _words(line):
    names = line.names
    yield from (names.last_name, names.usage_name, names.first_name)
    yield from sorted(f"{kind} {value}" for kind, value in line.contacts)
    yield from sorted(child.names.full for child in line.children)


def _write_person(draft, adult):
    line = adult.lines[0]
    if adult.known is None:
        adult.person = new_person(draft, line, civility=line.civility)
        draft.bind(adult)
        contact_changes(draft, adult.person, adult.lines, [])
        draft.tell("guardians", "created", line, adult.person.full_name, ["responsable inconnu de l’école jusqu’ici"])
        return
    adult.person = adult.known.person
    reasons = [] if adult.names <= adult.known.former_names else name_changes(draft, adult.person, line)
    reasons += contact_changes(draft, adult.person, adult.lines, adult.known.contacts)
    draft.tell("guardians", "updated" if reasons else "unchanged", line, adult.person.full_name, reasons)


def _link(draft, adult, child):
    pair = (adult.person.pk, child.pk)
    line, label = adult.lines[0], f"{adult.person.full_name} et {child.full_name}"
    if pair in draft.base.open_links:
        draft.tell("guardianships", "unchanged", line, label)
        return pair
    ended = draft.base.ended_links.get(pair)
    if ended is not None and not _may_begin_again(draft, adult, child, ended, label):
        return pair
    made, reasons = Guardianship(guardian=adult.person, child=child, starts_on=draft.today), []
    decided = draft.base.decided.get(pair)
    if decided is not None:
        made.restricted_on, made.restriction_reference = decided.restricted_on, decided.restriction_reference
        reasons = ["la décision qui restreint ce lien tient toujours"]
    draft.writes.append(Create(made))
    draft.tell("guardianships", "created", line, label, ["le fichier nomme cet élève", *reasons])
    return pair


def _may_begin_again(draft, adult, child, ended, label):
    """A link that somebody ended comes back only if a person says so."""
    keys = (line_key("link", adult.person.pk, child.pk),)
    candidate = Candidate((person_key(child.pk),), child.full_name, child.pk)
    verdict = draft.verdict(keys, candidate.keys)
    if not verdict:
        reason = f"ce lien a été terminé le {day_text(ended.ends_on)}\u00a0; le fichier le donne encore."
        draft.ask("guardianships", adult.lines[0], label, keys, candidate, 50, reason)
    return verdict == "same"


def _say_missing(draft, matched, links):
    held = {adult.known.person.pk for adult in matched if adult.known}
    missing = set()
    for (guardian_id, child_id), link in draft.base.open_links.items():
        guardian, child = draft.base.guardians[guardian_id], draft.base.pupils[child_id]
        if child.open_enrolment is None or {guardian_id, child_id} & draft.doubted:
            continue
        if (guardian_id, child_id) not in links:
            label = f"{guardian.person.full_name} et {child.person.full_name}"
            draft.miss("guardianships", link, label)
        if guardian_id not in held and guardian_id not in missing:
            missing.add(guardian_id)
            draft.miss("guardians", guardian.person, guardian.person.full_name)
