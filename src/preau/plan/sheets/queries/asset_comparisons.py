"""A sheet of assets set against the inventory: every difference with its reason, as writes not yet made.

A sheet says what is there and where. It takes nothing out, sends nothing away and retires nothing: those acts need
more than a cell says, and have their own pages.
"""

from preau.kit.dates import day_text
from preau.kit.money import euros
from preau.kit.names import name_key
from preau.kit.sheets import BadCell, Comparison, Difference
from preau.kit.tables import TableProblem
from preau.plan.equipment.models import TaxRegime
from preau.plan.inventory.models import CART_HOLDS, GONE, HERE, Asset, Funding, Kind, OffSwitch, State, clean_tag
from preau.plan.sheets.queries.asset_known import find_room, find_school, known_of, serial_key

DECK_SLOTS = 7  # pupils' terminals of a mobile class (mission D9)
BY_ITS_PAGE = "changez-le sur sa fiche"
STATE_PAYS = "ce que l’État paie s’écrit par la DSDEN"
NEW_STATES = (State.EXPECTED, *HERE, State.IN_REPAIR, State.MISSING)
RADIOS = (Kind.CART, Kind.ACCESS_POINT)


def compare_assets(*, city, lines, problems, file_name: str, today, now, assets) -> Comparison:
    """`assets` are all those of the city. Carts are read first, then what has a label or a number, then the rest."""
    known = known_of(city, assets)
    found = Comparison([], list(problems), [], [], {})
    for line in sorted(lines, key=lambda line: (not _is_cart(known, line), not line.is_named, line.number)):
        try:
            found.differences.append(_compare_line(known, line, today, now))
        except BadCell as bad:
            found.problems.append(TableProblem(file_name, line.number, bad.column, bad.reason))
    found.differences.sort(key=lambda difference: difference.line.number)
    found.problems.sort(key=lambda problem: problem.line or 0)
    found.writes = known.writes()
    created = len(known.made)
    updated = len(found.changes) - created
    found.counts = {"assets": {"created": created, "updated": updated, "unchanged": found.unchanged_count}}
    return found


def _is_cart(known, line) -> bool:
    met = known.by_tag.get(line.tag)
    return line.kind == Kind.CART or (met is not None and met.is_cart)


def _compare_line(known, line, today, now) -> Difference:
    asset = _meet(known, line)
    if asset is None:
        return _add(known, line, today, now)
    if asset.pk in known.met:
        raise BadCell("", "une autre ligne parle déjà de ce bien. Gardez une seule des deux.")
    former = dict(known.changes.get(asset.pk, {}))  # a cart read before may have moved it
    try:
        return _differ(known, asset, line, today, now)
    except BadCell:
        known.changes[asset.pk] = former  # the line is left out whole
        raise


def _differ(known, asset, line, today, now) -> Difference:
    difference = Difference(line, str(asset))
    _texts(known, asset, line, difference)
    keeps = [*_money(known, asset, line, difference), *_where(known, asset, line, difference, today, now)]
    if line.off_switch and asset.state not in GONE:
        _refuse_off_switch(line.off_switch, asset.kind, known.value(asset, "cart"))
        if line.off_switch != known.value(asset, "off_switch"):
            known.change(asset, off_switch=line.off_switch)
            difference.words.append("extinction")
    if line.kind and line.kind != asset.kind:
        keeps.append(f"nature «\u00a0{asset.get_kind_display()}\u00a0»")
    difference.keeps = ", ".join(keeps)
    known.met.add(asset.pk)
    return difference


def _meet(known, line) -> Asset | None:
    """The thing a line speaks of: by its label, its serial number, else one like it in the same place."""
    by_serial = known.by_serial.get((line.kind, serial_key(line.serial))) if line.serial else None
    if line.tag:
        by_tag = known.by_tag.get(line.tag)
        if by_serial is not None and by_serial is not by_tag:
            raise BadCell("Numéro de série", f"Préau le connaît sous l’étiquette {by_serial.shown_tag}. Vérifiez.")
        return by_tag
    if line.serial:
        return by_serial
    school = find_school(known, line)
    if line.cart and (cart := _find_cart(known, line, school)) is not None:
        held = known.in_slot.get((cart.pk, line.slot))
        return held if held is not None and not held.serial and held.kind == line.kind else None
    room = find_room(known, line, school)
    place = (school.pk if school else None, room.pk if room else None, line.kind, name_key(line.label))
    like = [asset for asset in known.unnamed.get(place, ()) if asset.pk not in known.met]
    return min(like, key=lambda asset: _distance(asset, line), default=None)


def _distance(asset, line) -> int:
    """How many facts differ: of several like things the line speaks of the nearest, so that it changes none twice."""
    said = (line.state or asset.state, line.cents, line.received_on, line.ref, line.funding or Funding.UNKNOWN)
    known = (asset.state, asset.price_cents, asset.received_on, asset.delivery_ref, asset.funding)
    return sum(one != other for one, other in zip(said, known, strict=True))


def _find_cart(known, line, school):
    """By its tag, its serial number, or its designation in that school; None when nothing answers."""
    cart = known.by_tag.get(clean_tag(line.cart)) or known.by_serial.get((Kind.CART, serial_key(line.cart)))
    if cart is None:
        carts = [
            each for each in known.carts
            if each.label_key == name_key(line.cart) and (school is None or known.value(each, "school") == school)
        ]  # fmt: skip
        cart = carts[0] if len(carts) == 1 else None
    return cart if cart is not None and cart.kind == Kind.CART else None


def _slot_of(known, line, kind, asset=None):
    """(cart, slot) that a line names, free for this kind, or (None, ""). Raises BadCell."""
    if not line.cart:
        return None, ""
    cart = _find_cart(known, line, find_school(known, line))
    if cart is None:
        raise BadCell("Chariot", "aucun chariot ne porte cette étiquette. Écrivez d’abord la ligne du chariot.")
    if known.value(cart, "state") not in HERE:
        raise BadCell("Chariot", "ce chariot n’est ni en service ni en réserve. Choisissez-en un autre.")
    if line.slot not in cart.slots or kind not in CART_HOLDS.get(line.slot, CART_HOLDS["pupil"]):
        raise BadCell("Place", "cette place ne reçoit pas ce matériel. Écrivez 1, 2, 3…, M ou B.")
    held = known.in_slot.get((cart.pk, line.slot))
    if held is not None and held is not asset:
        raise BadCell("Place", f"cette place est prise par {held}. Écrivez-en une autre.")
    return cart, line.slot


def _add(known, line, today, now) -> Difference:
    """A thing nobody knows yet. Raises BadCell when the sheet does not say enough of it."""
    if not line.kind or not line.label:
        raise BadCell(
            "Nature" if line.label else "Désignation", "ce bien est nouveau. Écrivez sa nature et sa désignation."
        )
    if line.state and line.state not in NEW_STATES:
        raise BadCell(
            "État", "un bien ne s’importe ni prêté, ni réformé, ni sorti. Mettez-le en réserve, puis ouvrez sa fiche."
        )
    cart, slot = _slot_of(known, line, line.kind)
    school = known.value(cart, "school") if cart else find_school(known, line)
    room = known.value(cart, "room") if cart else find_room(known, line, school)
    state = line.state or (State.DEPLOYED if school else State.IN_STOCK)
    if cart and state in HERE:
        state = known.value(cart, "state")
    _refuse_place(known, line.kind, school, room, state, today)
    _refuse_off_switch(line.off_switch, line.kind, cart)
    received = None if state == State.EXPECTED else line.received_on
    asset = Asset(
        city=known.city, school=school, room=room, cart=cart, slot=slot, kind=line.kind, label=line.label,
        slots_count=(line.slots or DECK_SLOTS) if line.kind == Kind.CART else None, serial=line.serial,
        tag=line.tag or known.free_tag(), state=state, state_on=today, placed_at=now, received_on=received,
        delivery_ref=line.ref, funding=line.funding or Funding.UNKNOWN,
        off_switch=line.off_switch,
    )  # fmt: skip
    difference = Difference(line, line.label, [f"ajouté, {_place_said(school, room, state)}"])
    if line.cents is not None and asset.funding == Funding.STATE:
        difference.keeps = f"prix laissé, {STATE_PAYS}"
    elif line.cents is not None:
        asset.price_cents, asset.regime = line.cents, line.regime
    if room is not None and room._state.adding:
        difference.words.append("local nouveau")
    known.add(asset)
    known.met.add(asset.pk)
    return difference


def _refuse_place(known, kind, school, room, state, today):
    """In use means in a school, and no Wi-Fi before the council was told of it (loi 2015-136, art. 7; AC-21)."""
    if state != State.DEPLOYED:
        return
    if school is None:
        raise BadCell("École", "un bien en service est dans une école. Écrivez laquelle, ou mettez-le en réserve.")
    if kind not in RADIOS:
        return
    if not known.is_told_of_wifi(school, today):
        raise BadCell(
            "État", "le conseil d’école n’a pas encore été informé du Wi-Fi. Écrivez «\u00a0en réserve\u00a0»."
        )
    if room is not None and room.refuses_wifi:
        raise BadCell("Local", "ce local reçoit des enfants de moins de trois ans, pas de Wi-Fi ici. Changez de local.")


def _refuse_off_switch(off_switch, kind, cart):
    """How it goes off is said of an access point, and by the cart's switch of one that lies in a cart."""
    if off_switch and kind != Kind.ACCESS_POINT:
        raise BadCell("Extinction", "seule une borne Wi-Fi s’éteint ainsi. Videz la case.")
    if off_switch == OffSwitch.CART and cart is None:
        raise BadCell("Extinction", "cette borne n’est pas dans un chariot. Écrivez autre chose, ou rien.")


def _texts(known, asset, line, difference):
    """Designation, serial number, delivery. Raises BadCell for a number known elsewhere."""
    if asset.state in GONE:
        return
    if line.serial and serial_key(line.serial) != serial_key(asset.serial):
        holder = known.by_serial.get((asset.kind, serial_key(line.serial)))
        if holder is not None:
            raise BadCell("Numéro de série", f"c’est celui de {holder}. Vérifiez les deux lignes.")
        known.by_serial[asset.kind, serial_key(line.serial)] = asset
        known.change(asset, serial=line.serial)
        difference.words.append(f"numéro de série {line.serial}")
    if line.label and line.label != asset.label:
        known.change(asset, label=line.label)
        difference.words.append(f"désignation «\u00a0{line.label}\u00a0»")
    if line.ref and line.ref != asset.delivery_ref:
        known.change(asset, delivery_ref=line.ref)
        difference.words.append(f"bon de livraison {line.ref}")
    if line.received_on and line.received_on != asset.received_on and asset.state != State.EXPECTED:
        known.change(asset, received_on=line.received_on)
        difference.words.append(f"livré le {day_text(line.received_on)}")


def _money(known, asset, line, difference):
    """Each authority writes its own money: the city's sheet leaves the State's. Yields what is kept."""
    given = {}
    if line.funding and line.funding != asset.funding:
        given["funding"] = line.funding
    if line.cents is not None and line.cents != asset.price_cents:
        given["price_cents"] = line.cents
    if line.cents is not None and line.regime not in (asset.regime, TaxRegime.UNKNOWN):
        given["regime"] = line.regime
    if not given or asset.state in GONE:
        return
    if Funding.STATE in (asset.funding, line.funding):
        yield f"financement et prix, {STATE_PAYS}"
        return
    known.change(asset, **given)
    difference.words.append("financement" if set(given) == {"funding"} else f"prix {euros(line.cents)}")


def _where(known, asset, line, difference, today, now):
    """School, room, cart, in use or in stock. What is away or gone stays so: yields what is kept."""
    before = known.value(asset, "school"), known.value(asset, "room")
    school = None if line.in_store else find_school(known, line) or before[0]
    room = find_room(known, line, school)
    if room is None and school == before[0]:
        room = before[1]
    state = line.state or (State.IN_STOCK if school is None and asset.state == State.DEPLOYED else asset.state)
    moves = (school, room) != before or state != known.value(asset, "state")
    joins = bool(line.cart) and asset.cart_id is None
    if line.cart and not joins and getattr(_find_cart(known, line, None), "pk", None) != asset.cart_id:
        yield f"chariot, {BY_ITS_PAGE}"
    if asset.cart_id is not None and moves and asset.state in HERE and state in HERE:
        yield "il suit son chariot"
    elif (moves or joins) and (asset.state not in (*HERE, State.EXPECTED) or state not in (*HERE, asset.state)):
        yield f"{asset.get_state_display()}, {BY_ITS_PAGE}"
    elif moves or joins:
        place = _join(known, asset, line, state) if joins else (school, room, None, "", state)
        _refuse_place(known, asset.kind, place[0], place[1], place[4], today)
        _move(known, asset, place, line, today, now)
        difference.words.append(_where_said(asset, place))


def _where_said(asset, place) -> str:
    school, room, _, _, state = place
    arrives = "arrivé, " if asset.state == State.EXPECTED != state else ""
    return f"{arrives}{_place_said(school, room, state)}"


def _place_said(school, room, state) -> str:
    """« en service, Salle 3, Les Tilleuls »"""
    return ", ".join(part for part in (State(state).label, room and room.name, school and school.shown_name) if part)


def _join(known, asset, line, state):
    """The place of a slot: its cart's. Raises BadCell."""
    if state == State.EXPECTED:
        raise BadCell("Chariot", "ce bien est attendu. Écrivez qu’il est en réserve ou en service.")
    cart, slot = _slot_of(known, line, asset.kind, asset)
    return known.value(cart, "school"), known.value(cart, "room"), cart, slot, known.value(cart, "state")


def _move(known, asset, place, line, today, now):
    """The thing, and with a cart what lies in it: what is away by itself keeps its state."""
    school, room, cart, slot, state = place
    values = {"school": school, "room": room, "cart": cart, "slot": slot, "placed_at": now}
    values["off_switch"] = asset.off_switch_in(cart)
    if state != asset.state:
        values |= {"state": state, "state_on": today}
        if asset.state == State.EXPECTED:
            values |= {"received_on": line.received_on or today, "due_on": None}
    former = asset.state
    known.change(asset, **values)
    if cart:
        known.in_slot[cart.pk, slot] = asset
        known.contents.setdefault(cart.pk, []).append(asset)
    for part in known.contents.get(asset.pk, ()) if asset.is_cart else ():
        follows = {"school": school, "room": room, "placed_at": now}
        if part.state in {*HERE, former} and part.state != state:
            follows |= {"state": state, "state_on": today}
            if part.state == State.EXPECTED:
                follows |= {"received_on": line.received_on or today, "due_on": None}
        known.change(part, **follows)
