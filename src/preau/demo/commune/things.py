"""What was delivered in each school, room by room, with its serial numbers; then what becomes of a few things."""

from django.utils.timezone import localdate

from preau.demo.commune.calendar import at, days, working
from preau.places.models import Room, School
from preau.plan.inventory import actions
from preau.plan.inventory.models import Asset, Funding, Kind, Retirement, State
from preau.plan.premises import actions as premises
from preau.plan.premises.models import InclusionSite

PUPIL_SLOTS = 7
NURSERY_TABLETS = 6
ULIS_SCHOOL = "Les Osselets"
NO_TABLETS = "Le Culbuto"


def deliver(scene, way, now):
    """A nursery's tablets; elsewhere each class's display and, on each floor, a mobile class kept in the store."""
    school, ref = scene.schools[way.name], f"BL fictif {localdate(now):%Y}-{way.on(0):%m%d}"
    rooms = Room.objects.filter(building__school=school).order_by("floor", "id")
    stem = f"{scene.city.slug[:2]}{way.on(0):%y%m}{''.join(word[0] for word in school.slug.split('-'))}".upper()
    for number, room in enumerate(rooms.filter(kind=Room.Kind.CLASSROOM), start=1):
        _receive(scene, school, room, _of_class(school, way.kit, f"{stem}{number:02d}"), ref, now)
    if way.kit is None and school.kind != School.Kind.NURSERY:
        store = rooms.get(kind=Room.Kind.SECURED_STORE)
        floors = rooms.filter(kind=Room.Kind.CLASSROOM).values_list("floor", flat=True).distinct()
        carts = tuple(cart(f"Classe mobile, étage {floor}", f"{stem}C{floor}") for floor in sorted(set(floors)))
        _receive(scene, school, store, carts, ref, now)


def _of_class(school, kit, stem):
    if kit is not None:
        return (_thing(Kind.SOUND, "Enceinte de classe", f"{stem}S"),)
    if school.kind == School.Kind.NURSERY:
        serials = tuple(f"{stem}T{number}" for number in range(1, NURSERY_TABLETS + 1))
        return (actions.Delivered(Kind.TABLET, "Tablette", serials=serials, funding=Funding.CITY),)
    return (
        actions.Delivered(Kind.BOARD, "Tableau triptyque", funding=Funding.CITY),
        _thing(Kind.PROJECTOR, "Vidéoprojecteur interactif", f"{stem}V"),
        _thing(Kind.PC, "Poste du vidéoprojecteur", f"{stem}P"),
    )


def _thing(kind, label, serial, slot=""):
    return actions.Delivered(kind, label, serials=(serial,), funding=Funding.CITY, slot=slot)


def cart(label, stem):
    """Seven pupils' computers, a master one and an access point (mission D9)."""
    pupils = tuple(
        _thing(Kind.LAPTOP, "Portable élève", f"{stem}E{number}", slot=str(number))
        for number in range(1, PUPIL_SLOTS + 1)
    )
    master = _thing(Kind.LAPTOP, "Poste maître", f"{stem}M", slot="M")
    return actions.Delivered(
        Kind.CART,
        label,
        serials=(stem,),
        funding=Funding.CITY,
        slots_count=PUPIL_SLOTS,
        contents=(*pupils, master, _thing(Kind.ACCESS_POINT, "Borne Wi-Fi", f"{stem}B", slot="B")),
    )


def _receive(scene, school, room, items, ref, now, **given):
    actions.receive_assets(
        person=scene.pens["it"],
        school=school,
        room=room,
        items=items,
        delivery_ref=ref,
        now=now,
        **{"state": State.DEPLOYED, "received_on": localdate(now)} | given,
    )


def stories(scene):
    """A school with its ULIS cart, a delivery awaited, and things away, missing or at the end of their life."""
    yield _ulis(scene)
    yield _awaited(scene)
    yield _lives(scene)


def _ulis(scene):
    now = yield at(scene.today - days(400))
    school, person = scene.schools[ULIS_SCHOOL], scene.pens["it"]
    premises.open_inclusion(
        person=person, school=school, option=InclusionSite.Option.ULIS, starts_on=localdate(now), now=now
    )
    now = yield at(scene.today - days(390))
    store = Room.objects.get(building__school=school, kind=Room.Kind.SECURED_STORE)
    _receive(scene, school, store, (cart("Classe mobile du dispositif ULIS", "SMULIS"),), "BL fictif ULIS", now)


def _awaited(scene):
    """The order of the roll-out that is blocked."""
    now = yield at(scene.today - days(50))
    count = scene.classes[NO_TABLETS] * NURSERY_TABLETS
    items = (actions.Delivered(Kind.TABLET, "Tablette", quantity=count, funding=Funding.CITY),)
    _receive(
        scene,
        scene.schools[NO_TABLETS],
        None,
        items,
        "",
        now,
        state=State.EXPECTED,
        received_on=None,
        due_on=working(scene.today - days(12)),
    )


def _lives(scene):
    person, school = scene.pens["it"], scene.schools["La Marelle"]
    now = yield at(scene.today - days(210))
    laptops = list(Asset.objects.filter(school=school, kind=Kind.LAPTOP).exclude(slot="M").order_by("serial")[:5])
    for number, laptop in enumerate(laptops[:2], start=12):
        actions.retire_asset(
            person=person,
            asset=laptop,
            reason=Retirement.Reason.BROKEN,
            now=now,
            erasure=actions.Erasure(
                "Informatique des écoles", Retirement.Method.OVERWRITE, localdate(now), f"Certificat fictif {number}"
            ),
        )
    actions.dispose_asset(
        person=person, asset=laptops[0], way=Retirement.Way.WASTE, beneficiary="Déchèterie (fictive)", now=now
    )
    now = yield at(scene.today - days(16))
    actions.send_to_repair(
        person=person,
        asset=laptops[2],
        note="Charnière cassée, atelier de la Ville",
        now=now,
        due_on=working(scene.today - days(2), step=-1),
    )
    actions.report_missing(person=person, asset=laptops[3], note="Absent du chariot au retour de sortie", now=now)
    now = yield at(scene.today - days(9))
    other = Asset.objects.filter(school__name="Les Billes", kind=Kind.CART).order_by("serial").first()
    actions.lend_asset(
        person=person,
        asset=other,
        school=scene.schools["Les Dominos"],
        note="Le temps des travaux",
        now=now,
        due_on=working(scene.today + days(30)),
    )
