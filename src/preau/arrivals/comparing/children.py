"""Which pupil does a guardian's row mean? Found by name, then birth date, then class; never guessed."""

from collections import defaultdict
from dataclasses import dataclass

from preau.arrivals.comparing.base import name_keys
from preau.arrivals.comparing.identity import Candidate, line_key, person_key
from preau.arrivals.reading.spelling import class_words
from preau.kit.dates import day_text
from preau.kit.names import name_key


@dataclass(eq=False)
class Pupil:
    """A pupil of the files or of the base, as guardians' rows may name it."""

    names: frozenset
    label: str
    keys: tuple
    birth_date: object
    classes: frozenset  # words of the labels, in the files and in the base
    person: object = None  # None while a question about it waits
    enrolled: bool = True
    known_id: object = None


class Roster:
    """Every pupil that a row may mean."""

    def __init__(self, draft, entries):
        self.draft, self.by_name = draft, defaultdict(list)
        taken = set()
        for entry in entries:
            labels = {class_words(entry.line.class_label)}
            if (entry.line.file, entry.line.line) in draft.held:  # who it may be waits with it
                taken |= {pk for pk, known in draft.base.pupils.items() if known.names & entry.names}
            if entry.known:
                taken.add(entry.known.person.pk)
                labels |= {class_words(room) for room in _rooms(entry.known)}
            names = entry.names | (entry.known.names if entry.known else frozenset())
            known_id = entry.known.person.pk if entry.known else None
            keys = ((person_key(known_id),) if known_id else ()) + entry.keys
            label = f"{entry.line.names.full}, {day_text(entry.line.birth_date)}, {entry.line.class_label}"
            self._add(
                Pupil(
                    names,
                    label.rstrip(", "),
                    keys,
                    entry.line.birth_date,
                    frozenset(labels),
                    entry.person,
                    known_id=known_id,
                )
            )
        for known in draft.base.pupils.values():
            if known.person.pk not in taken:
                self._add_known(known)

    def find(self, line, child, row_keys):
        """(found pupils' persons, is one waiting): problems and questions go to the draft."""
        names = name_keys(child.names.last_name, child.names.usage_name, child.names.first_name)
        found = list(dict.fromkeys(pupil for name in names for pupil in self.by_name.get(name, ())))
        if len(found) > 1:
            found = [pupil for pupil in found if pupil.enrolled] or found
        found = self._narrow(found, child)
        if not found:
            self.draft.warn(
                line,
                child.column,
                f"l’élève «\u00a0{child.names.full}\u00a0» n’est ni dans le fichier des élèves ni "
                "dans l’école. Vérifiez son nom.",
                blocks=True,
            )
            return None, False
        if len(found) == 1:
            if not found[0].enrolled:
                self.draft.warn(
                    line,
                    child.column,
                    f"«\u00a0{child.names.full}\u00a0» n’est plus inscrit dans l’école\u00a0: "
                    "cet élève est laissé de côté.",
                    blocks=False,
                )
                return None, False
            return found[0].person, found[0].person is None
        return self._choose(line, child, row_keys, found)

    def _narrow(self, found, child):
        if len(found) > 1 and child.birth_date:
            found = [pupil for pupil in found if pupil.birth_date == child.birth_date] or found
        if len(found) > 1 and child.class_label:
            words = class_words(child.class_label)
            found = [pupil for pupil in found if words in pupil.classes] or found
        return found

    def _choose(self, line, child, row_keys, found):
        """Homonyms: a person says which; until then the link is not made."""
        keys = (line_key("child", *row_keys, child.names.full, name_key(child.class_label)),)
        asked = []
        for pupil in found:
            verdict = self.draft.verdict(keys, pupil.keys)
            if verdict == "same":
                return pupil.person, pupil.person is None
            if not verdict:
                asked.append(pupil)
        for pupil in asked:
            self.draft.ask(
                "children",
                line,
                f"{line.names.full}, pour {child.names.full}",
                keys,
                Candidate(pupil.keys, pupil.label, pupil.known_id),
                60,
                "plusieurs élèves portent ce nom\u00a0: dites lequel.",
                column=child.column,
            )
        return None, bool(asked)

    def _add_known(self, known):
        person, enrolment = known.person, known.open_enrolment
        rooms = _rooms(known)
        label = f"{person.full_name}{f', {rooms[-1]}' if rooms else ''}"
        self._add(
            Pupil(
                known.names,
                label,
                (person_key(person.pk),),
                person.birth_date,
                frozenset(map(class_words, rooms)),
                person,
                enrolment is not None,
                person.pk,
            )
        )

    def _add(self, pupil):
        for name in pupil.names:
            self.by_name[name].append(pupil)


def _rooms(known):
    """Names of the class the pupil is in."""
    enrolment = known.open_enrolment
    return [enrolment.classroom.name] if enrolment and enrolment.classroom_id else []
