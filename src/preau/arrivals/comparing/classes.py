"""Classes: known by their ONDE identifier, else by their label; pupils' lines make those that nobody knows."""

import re
from collections import defaultdict

from preau.arrivals.reading.spelling import class_key, class_words, read_level
from preau.kit.batches import Create, Update
from preau.places.models import Classroom, Level

LEVELS = [level.value for level in Level]


class Classes:
    """The classes of the year, those of the base and those the files bring."""

    def __init__(self, draft):
        self.draft, self.base = draft, draft.base
        self.by_id = {room.onde_id: room for room in self.base.classrooms if room.onde_id}
        self.by_key = defaultdict(list)
        for room in self.base.classrooms:
            self.by_key[class_key(room.name)].append(room)
        self.levels = {room.pk: set(room.levels) for room in self.base.classrooms}
        self.seen, self.new, self.values, self.first_lines = set(), [], defaultdict(dict), {}

    def take(self, line):
        """The class of a pupil's line, made if needed; None when the line names none."""
        if not line.class_label:
            return None
        room = self._known(line) or self._make(line.class_label, line.class_id)
        self.seen.add(room.pk)
        self.first_lines.setdefault(room.pk, line)
        if line.level:
            self.levels[room.pk].add(str(line.level))
        return room

    def find(self, label):
        """The class another file means by this label: same words, or the only class of these levels."""
        rooms = self.by_key.get(class_key(label), [])
        if len(rooms) == 1:
            return rooms[0]
        words = class_words(label)
        alike = [room for key, found in self.by_key.items() for room in found if class_words(key) == words]
        if len(alike) == 1:
            return alike[0]
        wanted = {str(level) for part in re.split(r"[-/+,&]| et ", label) if (level := read_level(part)[0])}
        alike = [room for found in self.by_key.values() for room in found if wanted and self.levels[room.pk] == wanted]
        return alike[0] if len(alike) == 1 else None

    def find_told(self, label, line):
        """For the teachers' list: a class that no pupil is in and nobody opened is told, not made."""
        room = self.find(label)
        if room is None:
            self.draft.warn(
                line,
                "Classe",
                f"la classe «\u00a0{label[:40]}\u00a0» n’est ni dans le fichier des élèves ni dans "
                "l’école\u00a0: elle n’est pas créée. Corrigez son nom, ou ouvrez-la dans l’école puis déposez cette "
                "liste à nouveau.",
                blocks=False,
            )
            return None
        self.seen.add(room.pk)
        self.first_lines.setdefault(room.pk, line)
        return room

    def finish(self, *, full):
        """Writes what is new and what changed; `full`: the pupils' file was given, other classes are missing."""
        for room in self.new:
            room.levels = _ordered(self.levels[room.pk])
            self.draft.writes.append(Create(room))
            self.draft.tell("classes", "created", self.first_lines[room.pk], room.name, ["classe inconnue jusqu’ici"])
        made = {room.pk for room in self.new}
        for room in self.base.classrooms:
            if room.pk in made:
                continue
            if room.pk in self.seen:
                self._finish_known(room)
            elif full:
                self.draft.miss("classes", room, room.name)

    def _finish_known(self, room):
        values, reasons = self.values[room.pk], []
        if "name" in values:
            reasons.append(f"renommée\u00a0: {room.name} → {values['name']}")
        if "onde_id" in values:
            reasons.append("identifiant ONDE noté")
        levels = _ordered(self.levels[room.pk])
        if levels != list(room.levels):
            values["levels"] = levels
            reasons.append(f"niveaux\u00a0: {', '.join(levels)}")
        name = values.get("name", room.name)
        if values:
            self.draft.writes.append(Update(room, values))
        self.draft.tell("classes", "updated" if values else "unchanged", self.first_lines[room.pk], name, reasons)

    def _known(self, line):
        key, onde_id = class_key(line.class_label), line.class_id
        room = self.by_id.get(onde_id) if onde_id else None
        if room is not None:
            if class_key(room.name) != key and room not in self.new:
                self._rename(room, line, key)
            return room
        rooms = [room for room in self.by_key.get(key, []) if not onde_id or not room.onde_id]
        if len(rooms) != 1:
            return None
        if onde_id:
            self.by_id[onde_id] = rooms[0]
            if rooms[0] in self.new:
                rooms[0].onde_id = onde_id
            else:
                self.values[rooms[0].pk]["onde_id"] = onde_id
        return rooms[0]

    def _rename(self, room, line, key):
        if "name" in self.values[room.pk] or room.pk in self.first_lines:
            return
        if self.by_key.get(key):
            self.draft.warn(
                line,
                "Libellé classe",
                f"«\u00a0{line.class_label}\u00a0» est déjà le nom d’une autre classe\u00a0: "
                f"«\u00a0{room.name}\u00a0» garde le sien. Renommez-la à la main.",
                blocks=False,
            )
            return
        self.values[room.pk]["name"] = line.class_label
        self.by_key[key].append(room)

    def _make(self, label, onde_id):
        if self.by_key.get(class_key(label)) and onde_id:
            label = f"{label[:100]} ({onde_id})"  # two classes of one label: their identifiers tell them apart
        room = Classroom(school=self.base.school, school_year=self.base.school_year, name=label, onde_id=onde_id)
        self.new.append(room)
        self.levels[room.pk] = set()
        self.by_key[class_key(label)].append(room)
        if onde_id:
            self.by_id[onde_id] = room
        return room


def _ordered(levels):
    return [level for level in LEVELS if level in levels]
