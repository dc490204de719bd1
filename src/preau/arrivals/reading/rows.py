"""What the three readers share: cells by field, names, contacts, and the problems of a row."""

import re

from preau.arrivals.reading.lines import Names, Problem
from preau.arrivals.reading.spelling import proper_first_name, proper_name
from preau.kit.names import name_key
from preau.kit.sheets import odd_name
from preau.kit.tables.whole_names import cut_surely
from preau.people.contacts import mobile_number, tidy_contact
from preau.people.models import Contact
from preau.places.models import as_postcode

NAME_LENGTH = 80  # people.Person
MOST_FOOTERS = 5
NOT_CUT = (
    "où finit le nom. Écrivez le nom en capitales (TOUPIE Zoé), mettez une virgule (Toupie, Zoé), ou deux colonnes."
)
CONTACTS = (("email", Contact.Kind.EMAIL), ("mobile", Contact.Kind.MOBILE), ("home", Contact.Kind.HOME_PHONE),
            ("work", Contact.Kind.WORK_PHONE), ("phone", Contact.Kind.HOME_PHONE))  # fmt: skip


def _ends_a_list(cells):
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 or len(filled) == 2 and any(re.fullmatch(r"\d{1,5}( \w+)?", cell) for cell in filled)


class Row:
    """One row read by field; gathers its own problems."""

    def __init__(self, table, line, places):
        self.table, self.number, self.cells, self.places = table, line.number, line.cells, places
        self.problems = []
        self.cut = []  # see ReadFile.cut_names

    def get(self, field: str) -> str:
        place = self.places.get(field)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def label(self, field: str) -> str:
        place = self.places.get(field)
        return self.table.header[place] if place is not None and place < len(self.table.header) else ""

    def say(self, field, reason, *, blocks=True, column=None):
        label = self.label(field) if column is None else column
        self.problems.append(Problem(self.table.name, self.number, label, reason, blocks))

    @property
    def is_footer(self) -> bool:
        """Among the last lines: a cell alone (« FCPE »), or a word and a count (« Total », « 4 »)."""
        last = [line for line in self.table.rows[-MOST_FOOTERS:] if line.number >= self.number]
        if not last or last[0].number != self.number or not all(_ends_a_list(line.cells) for line in last):
            return False
        text = " ".join(filter(None, last[-1].cells))  # the last word of a file cut short may be a name
        return not self.table.ends_in_a_line or bool(re.search(r"[\d:]|\s\S+\s", text))

    def refuse_cut(self, *, whole: bool):
        """The last line of a file cut short: no line end, and cells that lack (`whole`: none does)."""
        is_last = self.table.ends_in_a_line and self.number == self.table.rows[-1].number
        if is_last and not whole:
            self.say("", "le fichier s’arrête au milieu de cette ligne. Exportez-le à nouveau.", column="")

    def refuse_shifted(self):
        """More cells than the other lines: a sign in one was read as a separator, and those after it moved."""
        if self.table.kind == "csv" and len(self.cells) > self.table.width:
            reason = "cette ligne a plus de cases que les autres\u00a0: elles sont sans doute décalées. Vérifiez-la."
            self.say("", reason, column="")

    def refuse_formulas(self):
        """A cell that a spreadsheet would run has no business in a school's file."""
        for place, cell in enumerate(self.cells):
            if cell.startswith(("=", "@")):
                label = self.table.header[place] if place < len(self.table.header) else f"case {place + 1}"
                self.say("", "cette case contient une formule. Écrivez la valeur.", column=label)

    def names(self, *, last="last_name", usage="usage_name", first="first_name") -> Names | None:
        """The names of the row, or None with a problem for each that lacks or cannot be one."""
        family, used, given = self.get(last), self.get(usage), self.get(first)
        if "full_name" in self.places and not (given and (family or used)):
            if not self._check("full_name", self.get("full_name")) or not (parts := self.cut_name("full_name")):
                return None
            (family, given), last, first = parts, "full_name", "full_name"
        if not family and used:
            family = used
        correct = self._check(last, family) & self._check(first, given)
        if used:
            correct &= self._check(usage, used)
        if not correct:
            return None
        if name_key(used) == name_key(family):
            used = ""
        return Names(proper_name(family), proper_name(used), proper_first_name(given))

    def cut_name(self, field) -> tuple[str, str] | None:
        """(last, first) of a cell that holds both, or None with a problem: nobody's name is guessed."""
        written = self.get(field)
        parts = cut_surely(written)
        if parts is None:
            self.say(field, f"«\u00a0{written[:40]}\u00a0» ne dit pas sûrement {NOT_CUT}")
        else:
            self.cut.append((self.number, written, proper_name(parts[0]), proper_first_name(parts[1])))
        return parts

    def _check(self, field, value):
        what = self.label(field) or field
        if not value:
            self.say(field, f"la case «\u00a0{what}\u00a0» est vide. Complétez-la dans ONDE.")
        elif value.startswith(("+", "-", "=", "@")) or not name_key(value).strip("0123456789 "):
            self.say(field, f"«\u00a0{value[:40]}\u00a0» n’est pas un nom. Corrigez cette case.")
        elif odd := odd_name(value):
            self.say(field, odd)
        elif len(value) > NAME_LENGTH:
            self.say(field, f"ce nom dépasse {NAME_LENGTH} signes. Corrigez cette case.")
        else:
            return True
        return False

    def class_label(self, written: str, column: str) -> str:
        """The label of a class, or nothing with a problem when it cannot be one."""
        if written and (
            written.startswith(("+", "-", "=", "@")) or not name_key(written) or re.search("[<>]", written)
        ):
            self.say(
                "", f"«\u00a0{written[:40]}\u00a0» n’est pas un nom de classe. Corrigez cette case.", column=column
            )
            return ""
        return written[:120]

    def contacts(self) -> tuple[tuple[str, str], ...]:
        """(kind, tidied value), once each; an address is one line of text."""
        found = []
        for field, kind in CONTACTS:
            written = self.get(field)
            if field == "phone" and mobile_number(written):
                kind = Contact.Kind.MOBILE
            value = tidy_contact(kind, written)
            if value:
                found.append((kind, value))
            elif name_key(written).strip("0 "):  # « 00 » and « - » say nothing, and nothing is lost
                what = "une adresse de courriel" if kind == Contact.Kind.EMAIL else "un numéro de téléphone complet"
                reason = f"«\u00a0{written[:40]}\u00a0» n’est pas {what}\u00a0: cette case est laissée de côté."
                self.say(field, reason, blocks=False)
        if address := self.address():
            found.append((Contact.Kind.ADDRESS, address))
        return tuple(found)

    def address(self, number="") -> str:
        """« 3 rue des Lilas, 86000 Poitiers »; empty without a street. `number`: of one of several."""
        street, postcode, town = (self.get(f"{field}{number}") for field in ("address", "postcode", "town"))
        if name_key(self.get("country")) == "france":  # those of its neighbours may have four figures
            postcode = as_postcode(postcode) or postcode
        town = " ".join(filter(None, (postcode, town)))
        written = ", ".join(part for part in (street, town) if part) if street else ""
        return tidy_contact(Contact.Kind.ADDRESS, written)
