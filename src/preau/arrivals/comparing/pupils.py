"""Pupils: by INE when both sides have one, else by name and birth date; homonyms are put to a person."""

import dataclasses
from collections import defaultdict

from preau.arrivals.comparing.base import name_keys
from preau.arrivals.comparing.identity import SIMILAR, Candidate, likeness, line_key, names_score, person_key
from preau.kit.dates import day_text
from preau.kit.names import name_key
from preau.kit.seals import match_key
from preau.people.contacts import contact_key
from preau.people.models import Contact

ADDRESS = Contact.Kind.ADDRESS


@dataclasses.dataclass(eq=False)
class Entry:
    """A line on its way to a person."""

    line: object
    names: frozenset
    ine_key: str
    keys: tuple
    known: object = None  # the person of the base it is
    pending: bool = False  # a question waits
    is_bound: bool = False  # told apart by an address, which is not kept: who is who is, once made
    person: object = None  # set when written


def ine_match_key(ine: str) -> str:
    return match_key("ine", ine) if ine else ""


def at_one_address(one, other) -> bool:
    """An address in common, or none on either side: the lines are then word for word the same."""
    mine, theirs = ({contact_key(ADDRESS, each) for each in line.addresses} for line in (one, other))
    return mine == theirs or bool(mine & theirs)


def address_key(key, line) -> str:
    """The key of a line that another resembles but for its address."""
    return line_key("pupil at", key, *sorted(contact_key(ADDRESS, each) for each in line.addresses))


class PupilMatcher:
    """Finds for each line the person it speaks of; asks when two answers are possible."""

    def __init__(self, draft, lines):
        self.draft, self.base = draft, draft.base
        self.entries = self._entries(lines)
        self.by_ine, self.by_name_birth = {}, defaultdict(list)
        self.by_name, self.by_birth = defaultdict(list), defaultdict(list)
        for known in self.base.pupils.values():
            if known.record is not None and known.record.ine_key:
                self.by_ine[known.record.ine_key] = known
            self.by_birth[known.person.birth_date].append(known)
            for name in known.names:
                self.by_name[name].append(known)
                self.by_name_birth[name, known.person.birth_date].append(known)
        self.taken = {}  # person id → entry

    def match(self):
        """Every entry ends known, pending, or new."""
        for entry in self.entries:
            if entry.pending:
                self._doubt(entry)
            else:
                self._by_ine(entry)
        rivals = self._rivals()
        for _ in range(2):  # what the first turn settles leaves fewer rivals to the second
            for entry in self._open_entries():
                self._by_name_and_birth(entry, rivals)
        for entry in self._open_entries():
            self._ask_between(entry)
        self._tell_new_from_likely()
        return self.entries

    def _open_entries(self):
        return [entry for entry in self.entries if not entry.known and not entry.pending]

    def _tell_new_from_likely(self):
        earlier = defaultdict(list)
        for entry in self.entries:
            if not entry.known and not entry.pending:
                self._likely(entry, earlier)
            if not entry.pending:
                for name in entry.names:
                    earlier[name, entry.line.birth_date].append(entry)

    def _entries(self, lines):
        """One entry a pupil: lines with one INE, or with one name, birth date, class and address, repeat each other.

        Without INE, the address alone tells whether two lines are one pupil (issue: name and one contact agree).
        """
        entries, by_key = [], defaultdict(list)
        for line in lines:
            names = name_keys(line.names.last_name, line.names.usage_name, line.names.first_name)
            words = (*sorted(names), line.birth_date, line.ine, name_key(line.class_label), line.class_id)
            key = line_key("pupil", self.base.school.pk, *words)
            twin, keys, is_bound = self._twin(line, key, by_key[line.ine or key])
            if twin is not None and not (names & twin.names or line.birth_date == twin.line.birth_date):
                reason = f"cet INE est déjà celui de la ligne {twin.line.line}. Corrigez-le dans ONDE."
                self.draft.warn(line, "INE", reason, blocks=True)
                continue
            if twin is not None:
                self.draft.warn(line, "", f"cette ligne répète la ligne {twin.line.line}.", blocks=False)
                twin.line = dataclasses.replace(
                    twin.line,
                    dispositif=twin.line.dispositif or line.dispositif,
                    class_label=twin.line.class_label or line.class_label,
                    class_id=twin.line.class_id or line.class_id,
                    level=twin.line.level or line.level,
                )
                continue
            held = (line.file, line.line) in self.draft.held
            entry = Entry(line, names, ine_match_key(line.ine), keys, is_bound=is_bound, pending=held)
            by_key[line.ine or key].append(entry)
            entries.append(entry)
        return entries

    def _twin(self, line, key, above):
        """(the entry that the line repeats, else None; the keys of its own entry then, and whether it is bound)"""
        if not above:
            return None, (key,), False
        if line.ine:
            return above[0], (), False
        mine = address_key(key, line)
        for entry in above:
            theirs = address_key(key, entry.line)
            if at_one_address(line, entry.line) or self.draft.verdict((mine,), (theirs,)) == "same":
                return entry, (), False
        for entry in above:  # one key for two would answer for both
            entry.keys, entry.is_bound = (address_key(key, entry.line),), True
        return None, (mine,), True

    def _doubt(self, entry):
        """Whoever a held line may be is not said to be missing."""
        likely = [self.by_ine.get(entry.ine_key), *(known for name in entry.names for known in self.by_name[name])]
        self.draft.doubted |= {known.person.pk for known in likely if known is not None}

    def _by_ine(self, entry):
        known = self.by_ine.get(entry.ine_key) if entry.ine_key else None
        if known is None:
            return
        if entry.names & known.names or entry.line.birth_date == known.person.birth_date:
            self._take(entry, known)
        else:
            self._settle(entry, [(known, 70, "même INE, mais ni le nom ni la date de naissance ne sont les mêmes.")])

    def _rivals(self):
        rivals = defaultdict(set)
        for entry in self._open_entries():
            for name in entry.names:
                rivals[name, entry.line.birth_date].add(entry)
        return rivals

    def _by_name_and_birth(self, entry, rivals):
        """Sure when one pupil answers and no other line claims it, or when class and INE tell them apart."""
        found = self._namesakes(entry)
        for known in found:
            answer = self.draft.verdict(entry.keys, (person_key(known.person.pk),))
            if answer == "same" or self.draft.became(entry.keys, known.person.pk):
                self._take(entry, known)
                return
        born = entry.line.birth_date
        others = {other for name in entry.names for other in rivals[name, born]} - {entry}
        others = [other for other in others if not other.known and not other.pending]
        if len(found) == 1 and not any(found[0] in self._namesakes(other) for other in others):
            self._take(entry, found[0])
            return
        same_class = [known for known in found if self._same_mark(entry, known)]
        if len(same_class) == 1 and not any(self._same_mark(other, same_class[0]) for other in others):
            self._take(entry, same_class[0])

    def _ask_between(self, entry):
        reason = "même nom et même date de naissance\u00a0: plusieurs élèves se ressemblent."
        self._settle(entry, [(known, 80, reason) for known in self._namesakes(entry)])

    def _namesakes(self, entry):
        """Pupils of that name and birth date that nobody took, and that no answer tells apart."""
        born = entry.line.birth_date
        found = {k.person.pk: k for name in entry.names for k in self.by_name_birth.get((name, born), ())}
        return [
            known
            for pk, known in found.items()
            if self._free(entry, known) and self.draft.verdict(entry.keys, (person_key(pk),)) != "different"
        ]

    def _likely(self, entry, earlier):
        """New, unless it looks like a pupil whose name or date was corrected, or like a line above."""
        born, names = entry.line.birth_date, entry.line.names
        doubts, seen = [], set()
        for known in (k for name in entry.names for k in self.by_name.get(name, ())):
            if known.person.birth_date != born and self._could_be(entry, known, seen):
                other = day_text(known.person.birth_date) if known.person.birth_date else "inconnue"
                reason = f"même nom, autre date de naissance ({other} dans la base)."
                doubts.append((known, names_score(names, known.person), reason))
        for known in self.by_birth.get(born, ()):
            if likeness(names.full, known.person.full_name) >= SIMILAR and self._could_be(entry, known, seen):
                reason = "même date de naissance, noms proches."
                doubts.append((known, names_score(names, known.person) + 20, reason))
        doubts += self._above(entry, earlier, seen)
        self._settle(entry, doubts)

    def _above(self, entry, earlier, seen):
        """Lines above with the same name and birth date, unless two INE tell them apart."""
        found = dict.fromkeys(o for name in entry.names for o in earlier.get((name, entry.line.birth_date), ()))
        for other in found:
            if entry.ine_key and other.ine_key:
                continue
            elsewhere = not at_one_address(entry.line, other.line)
            where = ", à une autre adresse" if elsewhere else ""
            reason = f"même nom et même date de naissance qu’une ligne plus haut{where}."
            if other.known is None:
                yield Candidate(other.keys, f"{other.line.names.full}, ligne {other.line.line}"), 80, reason
            elif other.known.person.pk not in seen:
                yield other.known, 80, reason

    def _could_be(self, entry, known, seen):
        if known.person.pk in seen or not self._free(entry, known) or known.open_enrolment is None:
            return False
        seen.add(known.person.pk)
        return True

    def _free(self, entry, known):
        theirs = known.record.ine_key if known.record is not None else ""
        return known.person.pk not in self.taken and not (entry.ine_key and theirs and entry.ine_key != theirs)

    def _same_mark(self, entry, known):
        enrolment = known.open_enrolment
        room = enrolment.classroom if enrolment else None
        theirs = known.record.ine_key if known.record is not None else ""
        return theirs == entry.ine_key and name_key(room.name if room else "") == name_key(entry.line.class_label)

    def _settle(self, entry, doubts):
        """Uses what a person already said; asks what nobody said."""
        open_doubts = []
        for one, score, reason in doubts:
            candidate = one if isinstance(one, Candidate) else self._candidate(one)
            verdict = self.draft.verdict(entry.keys, candidate.keys)
            if verdict == "same":
                self._same(entry, one)
                return
            if not verdict:
                open_doubts.append((candidate, score, reason))
        for candidate, score, reason in open_doubts:
            entry.pending = True
            self.draft.ask("pupils", entry.line, self._label(entry), entry.keys, candidate, score, reason)

    def _same(self, entry, one):
        if not isinstance(one, Candidate) and one.person.pk not in self.taken:
            self._take(entry, one)
        else:
            entry.pending = True  # the other line already carries this pupil: nothing more to write

    def _candidate(self, known):
        keys = (
            person_key(known.person.pk),
            *(self.taken[known.person.pk].keys if known.person.pk in self.taken else ()),
        )
        born = f", {day_text(known.person.birth_date)}" if known.person.birth_date else ""
        room = known.open_enrolment.classroom if known.open_enrolment else None
        return Candidate(keys, f"{known.person.full_name}{born}{f', {room.name}' if room else ''}", known.person.pk)

    def _label(self, entry):
        room = f", {entry.line.class_label}" if entry.line.class_label else ""
        return f"{entry.line.names.full}, {day_text(entry.line.birth_date)}{room}"

    def _take(self, entry, known):
        entry.known = known
        self.taken[known.person.pk] = entry
