"""Guardians' and teachers' lines against the persons of the school: one engine, one rule.

Two are one only if the name and one contact agree (or, when the contacts changed, the name and what ties them to the
school: a common child, a common class). Anything else that looks alike is put to a person.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from preau.arrivals.comparing.base import index_by_name, name_keys
from preau.arrivals.comparing.identity import SIMILAR, Candidate, describe, likeness, names_score, person_key
from preau.people.contacts import contact_key, contact_token


@dataclass(eq=False)
class Adult:
    """One or several lines that speak of one person."""

    lines: list
    names: frozenset
    tokens: set
    keys: list
    signs: set = field(default_factory=set)
    children: list = field(default_factory=list)  # persons
    known: object = None
    pending: bool = False
    is_bound: bool = False  # another line bears its name: which new person it became is remembered
    person: object = None

    @property
    def label(self):
        return f"{self.lines[0].names.full}, ligne {self.lines[0].line}"

    def absorb(self, other):
        self.lines += other.lines
        self.names |= other.names
        self.tokens |= other.tokens
        self.signs |= other.signs
        self.keys += other.keys
        self.children += other.children


def adult_of(line, key, *, signs=(), children=()) -> Adult:
    names = name_keys(line.names.last_name, line.names.usage_name, line.names.first_name)
    tokens = {contact_token(kind, contact_key(kind, value)) for kind, value in line.contacts}
    return Adult([line], names, tokens, [key], set(signs), list(children))


def gather(adults) -> list[Adult]:
    """Lines of the files with the same name and one common contact are one adult."""
    owner, kept = {}, []
    for adult in adults:
        marks = [(name, token) for name in sorted(adult.names) for token in sorted(adult.tokens)]
        marks += [(key, "") for key in adult.keys]  # word for word the same line
        owners = list(dict.fromkeys(owner[mark] for mark in marks if mark in owner))
        if owners:
            first = owners[0]
            for other in owners[1:]:
                first.absorb(other)
                kept.remove(other)
                owner.update({mark: first for mark, one in owner.items() if one is other})
            first.absorb(adult)
            adult = first
        else:
            kept.append(adult)
        owner.update(dict.fromkeys(marks, adult))
    return kept


class AdultMatcher:
    """Ends with each adult known, pending or new; lines found to be one person are gathered."""

    def __init__(self, draft, kind, adults, known):
        self.draft, self.kind, self.known = draft, kind, known
        self.adults = gather(adults)
        self.by_name = index_by_name(known.values())
        self.by_token = defaultdict(list)
        for one in known.values():
            for token in one.tokens:
                if not token.startswith("address:"):
                    self.by_token[token].append(one)
        self.holders = {}  # person id → Adult

    def match(self) -> list[Adult]:
        kept = [adult for adult in self.adults if not self._by_memory(adult)]
        kept = [adult for adult in kept if not self._by_contact(adult)]
        kept = [adult for adult in kept if not self._by_sign(adult)]
        newcomers = []
        for adult in kept:
            if not self._by_person(adult, newcomers) and not adult.pending:
                newcomers.append(adult)
        merged = {id(adult) for adult in self.holders.values()} | {id(adult) for adult in newcomers}
        return [adult for adult in self.adults if id(adult) in merged]

    def _namesakes(self, adult):
        return list({one.person.pk: one for name in adult.names for one in self.by_name.get(name, ())}.values())

    def _by_memory(self, adult):
        found = [one for one in self._namesakes(adult) if self.draft.became(adult.keys, one.person.pk)]
        return len(found) == 1 and self._hold(adult, found[0])

    def _by_contact(self, adult):
        found = [one for one in self._namesakes(adult) if one.tokens & adult.tokens]
        return len(found) == 1 and self._hold(adult, found[0])

    def _by_sign(self, adult):
        found = [one for one in self._namesakes(adult) if one.signs & adult.signs and self._open_to_others(one)]
        return len(found) == 1 and not self._torn(adult) and self._hold(adult, found[0])

    def _open_to_others(self, one):
        """Nobody holds it yet, or who does was joined to it by a person: several lines may speak of it."""
        holder = self.holders.get(one.person.pk)
        return holder is None or self.draft.verdict(holder.keys, (person_key(one.person.pk),)) == "same"

    def _torn(self, adult):
        """Its contacts already point at several persons: only a person can tell."""
        return sum(1 for one in self._namesakes(adult) if one.tokens & adult.tokens) > 1

    def _hold(self, adult, one):
        holder = self.holders.get(one.person.pk)
        if holder is not None:
            holder.absorb(adult)
            return True
        adult.known = one
        self.holders[one.person.pk] = adult
        return True

    def _by_person(self, adult, newcomers):
        """Asks about each likeness that nobody settled. True when the adult joined another."""
        asked = []
        for candidate, score, reason, join in self._likenesses(adult, newcomers):
            verdict = self.draft.verdict(adult.keys, candidate.keys)
            if verdict == "same":
                join()
                return True
            if not verdict:
                asked.append((candidate, score, reason))
        for candidate, score, reason in asked:
            adult.pending = True
            self.draft.ask(self.kind, adult.lines[0], adult.label, adult.keys, candidate, score, reason)
        return False

    def _likenesses(self, adult, newcomers):
        names, seen = adult.lines[0].names, set()
        for one in [*self._namesakes(adult), *self._alike(adult)]:
            if one.person.pk in seen:
                continue
            seen.add(one.person.pk)
            shared, equal = bool(one.tokens & adult.tokens), bool(one.names & adult.names)
            score = names_score(names, one.person) + (30 if shared else 0) + (10 if one.signs & adult.signs else 0)
            holder = self.holders.get(one.person.pk)
            keys = (person_key(one.person.pk), *(holder.keys if holder else ()))
            candidate = Candidate(keys, f"{one.person.full_name}, déjà dans l’école", one.person.pk)
            yield candidate, score, describe(equal, shared, what=""), lambda one=one: self._hold(adult, one)
        for other in newcomers:
            if other.names & adult.names:
                adult.is_bound = other.is_bound = True
                yield (
                    Candidate(tuple(other.keys), other.label),
                    60,
                    describe(True, False, what=" avec l’autre ligne"),
                    lambda other=other: other.absorb(adult),
                )

    def _alike(self, adult):
        """Persons reached by the same telephone or e-mail, with almost the same name: a name corrected or married."""
        names = adult.lines[0].names
        for token in sorted(adult.tokens):
            for one in self.by_token.get(token, ()):
                if one.person.pk in self.holders or one.names & adult.names:
                    continue
                same_first = likeness(names.first_name, one.person.first_name)
                same_last = likeness(names.usage_name or names.last_name, one.person.display_last_name)
                if same_first == 1 or (same_last == 1 and same_first >= SIMILAR):
                    yield one
