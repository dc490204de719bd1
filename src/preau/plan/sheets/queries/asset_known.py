"""What Préau knows of a city's things and places while a sheet is compared, and what the sheet adds as it is read."""

from collections import defaultdict
from dataclasses import dataclass, field

from preau.kit.batches import Create, Update
from preau.kit.names import name_key
from preau.kit.sheets import BadCell
from preau.places.models import Building, Room, School
from preau.places.queries import same_school_name, school_key
from preau.plan.inventory.models import GONE, draw_tag, signs_of
from preau.plan.premises.queries import has_wifi_notice


@dataclass
class Known:
    """`changes` and `made` are what the sheet asks so far: rows are written only when the batch is."""

    city: object
    schools: list
    buildings: dict  # school id → buildings
    rooms: dict  # school id → rooms
    by_tag: dict
    by_serial: dict  # (kind, serial key) → asset
    in_slot: dict  # (cart id, slot) → asset
    contents: dict  # cart id → assets
    unnamed: dict  # (school id, room id, kind, label key) → things without a serial number, in order
    changes: dict = field(default_factory=lambda: defaultdict(dict))  # asset id → {field: value}
    touched: dict = field(default_factory=dict)  # asset id → asset
    made: list = field(default_factory=list)
    new_places: list = field(default_factory=list)
    met: set = field(default_factory=set)  # ids of assets that a line spoke of
    carts: list = field(default_factory=list)
    named: dict = field(default_factory=dict)  # what a line calls a school → the schools it may be
    wifi: dict = field(default_factory=dict)

    def value(self, asset, name):
        """As it will be once what the sheet said so far is written."""
        asked = self.changes.get(asset.pk, {})
        return asked[name] if name in asked else getattr(asset, name)

    def change(self, asset, **values):
        """Only what differs."""
        for name, value in values.items():
            if self.value(asset, name) != value:
                self.changes[asset.pk][name] = value
                self.touched[asset.pk] = asset

    def add(self, asset):
        """A new thing: later lines find it."""
        asset.label_key, asset.serial_key = name_key(asset.label), serial_key(asset.serial)
        self.made.append(asset)
        self.remember(asset)

    def remember(self, asset):
        self.by_tag[asset.tag] = asset
        if asset.is_cart:
            self.carts.append(asset)
        if asset.serial_key:
            self.by_serial[asset.kind, asset.serial_key] = asset
        elif asset.state not in GONE:
            place = (asset.school_id, asset.room_id, asset.kind, asset.label_key)
            self.unnamed.setdefault(place, []).append(asset)
        if asset.cart_id:
            self.in_slot[asset.cart_id, asset.slot] = asset
            self.contents.setdefault(asset.cart_id, []).append(asset)

    def free_tag(self) -> str:
        """Six signs that nothing of the city bears, nor of the sheet."""
        while (tag := draw_tag()) in self.by_tag:
            continue
        return tag

    def is_told_of_wifi(self, school, today) -> bool:
        """One read a school."""
        if school.pk not in self.wifi:
            self.wifi[school.pk] = has_wifi_notice(school, today)
        return self.wifi[school.pk]

    def writes(self) -> list:
        """Places that something new or moved needs, then things; carts before what they hold."""
        rooms = {asset.room_id for asset in self.made} | {
            values["room"].pk for values in self.changes.values() if values.get("room")
        }
        used = [room for room in self.new_places if room.pk in rooms]
        buildings = {room.building.pk: room.building for room in used if room.building._state.adding}
        changed = [
            Update(self.touched[pk], values | {"version": self.touched[pk].version + 1})
            for pk, values in self.changes.items()
            if values
        ]
        made = sorted(self.made, key=lambda asset: not asset.is_cart)
        return [*map(Create, buildings.values()), *map(Create, used), *changed, *map(Create, made)]


def serial_key(serial: str) -> str:
    """As the base keeps it: « SN-12 4 » and « sn124 » are one number."""
    return name_key(signs_of(serial))[:80]


def known_of(city, assets) -> Known:
    """Four reads, whatever the size of the sheet; `assets` may be locked by the caller."""
    schools = list(School.objects.filter(city=city).order_by("sort_key", "id"))
    known = Known(city, schools, defaultdict(list), defaultdict(list), {}, {}, {}, {}, {})
    for building in Building.objects.filter(school__city=city).order_by("sort_key", "id"):
        known.buildings[building.school_id].append(building)
    rooms = Room.objects.filter(building__school__city=city, closed_on=None).select_related("building")
    for room in rooms.order_by("sort_key", "id"):
        known.rooms[room.building.school_id].append(room)
    for asset in assets.select_related("school", "room", "cart").order_by("id"):
        known.remember(asset)
    return known


def find_school(known, line):
    """The school a line names, or None when it names none. Raises BadCell."""
    if line.uai:
        found = [school for school in known.schools if school.uai == line.uai]
        if not found:
            raise BadCell("UAI", f"Préau ne connaît pas l’UAI {line.uai} dans cette Ville. Vérifiez-le.")
        if line.school and not same_school_name(found[0].name, line.school):
            raise BadCell("UAI", f"{line.uai} est l’UAI de {found[0].with_article}. Corrigez l’UAI ou le nom.")
        return found[0]
    if not line.school:
        return None
    if line.school not in known.named:
        whole = [school for school in known.schools if school.is_wholly(line.school)]
        close = [school for school in known.schools if school_key(school.name) == school_key(line.school)]
        known.named[line.school] = whole or close
    found = known.named[line.school]
    if len(found) > 1:
        raise BadCell("École", f"plusieurs écoles s’appellent «\u00a0{line.school}\u00a0». Écrivez l’UAI.")
    if not found:
        raise BadCell("École", f"aucune école de la Ville ne s’appelle «\u00a0{line.school}\u00a0». Écrivez son UAI.")
    return found[0]


def find_room(known, line, school):
    """The room a line names, new if nobody knows it; None when it names none. Raises BadCell."""
    if not line.room:
        return None
    if school is None:
        raise BadCell("Local", "un local est celui d’une école. Écrivez laquelle.")
    key = name_key(line.room)
    rooms = [room for room in known.rooms[school.pk] if room.sort_key == key]
    if line.building:
        rooms = [room for room in rooms if room.building.sort_key == name_key(line.building)]
    if len(rooms) > 1:
        raise BadCell("Bâtiment", "plusieurs bâtiments ont un local de ce nom. Écrivez lequel.")
    return rooms[0] if rooms else _new_room(known, line, school)


def _new_room(known, line, school):
    if not name_key(line.room) or (line.building and not name_key(line.building)):
        raise BadCell("Local", "le nom du local n’a ni lettre ni chiffre. Écrivez-le autrement.")
    buildings = known.buildings[school.pk]
    named = [each for each in buildings if each.sort_key == name_key(line.building)]
    if not line.building and len(buildings) > 1:
        raise BadCell("Bâtiment", "ce local est nouveau et l’école a plusieurs bâtiments. Écrivez lequel.")
    if named or (buildings and not line.building):
        building = (named or buildings)[0]
    else:
        name = line.building or "Bâtiment principal"
        building = Building(school=school, name=name, sort_key=name_key(name))
        buildings.append(building)
    room = Room(building=building, name=line.room, sort_key=name_key(line.room))
    known.rooms[school.pk].append(room)
    known.new_places.append(room)
    return room
