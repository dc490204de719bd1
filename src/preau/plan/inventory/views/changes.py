"""What may be done to one asset, each with its form: one address per change, offered only when it may be made."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, No, require
from preau.kit.views import signed_in
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.inventory import actions, forms, queries, rules
from preau.plan.inventory.models import GONE, HERE, Asset, Kind, State
from preau.plan.inventory.views.arriving import rooms_in_use


@dataclass(frozen=True)
class Change:
    """One thing to do. `states` from which it may be done; `act(person, asset, data, now)` does it."""

    title: str
    states: tuple
    form: type
    act: Callable
    done: str
    needs: Callable = rules.can_write_asset
    only: str = ""  # a kind of asset
    choices: Callable = lambda person, asset, today: {}


def _act(action, *names):
    """Calls an action with these fields of the form."""

    def act(person, asset, data, at):
        return action(
            person=person, asset=asset, now=at, version=data["version"], **{name: data[name] for name in names}
        )

    return act


def _fill(person, asset, data, at):
    found = Asset.objects.filter(city=asset.city_id, tag=data["tag"]).first()
    if found is None:
        raise Conflict("Aucun bien de cette Ville n’a cette étiquette\u00a0: relisez-la.")
    actions.put_in_cart(person=person, asset=found, cart=asset, slot=data["slot"], now=at)
    return asset


def _retire(person, asset, data, at):
    erasure = None
    if data.get("erased_on"):
        erasure = actions.Erasure(data["erased_by"], data["erasure_method"], data["erased_on"], data["erasure_ref"])
    actions.retire_asset(
        person=person,
        asset=asset,
        reason=data["reason"],
        report_ref=data["report_ref"],
        erasure=erasure,
        now=at,
        version=data["version"],
    )


def _correct(person, asset, data, at):
    money = {"funding": asset.funding, "price_cents": asset.price_cents, "regime": asset.regime}
    if "funding" in data:
        money = {"funding": data["funding"], "price_cents": data["price"], "regime": data["regime"]}
    texts = {name: data[name] for name in ("label", "serial", "delivery_ref")}
    actions.correct_asset(person=person, asset=asset, now=at, version=data["version"], **texts, **money)


def _reads_price(person, asset, today):
    return {"reads_price": asset.funding in rules.prices_read_by(person, asset.city, today)}


LIVING = tuple(state for state in State if state not in GONE)
CHANGES = {
    "reserve": Change(
        "Ranger dans la réserve de la Ville", (*LIVING, State.RETIRED), forms.AssetForm,
        _act(partial(actions.place_asset, school=None, is_in_use=False)), "Le bien est rangé.",
        needs=rules.can_store_asset,
    ),
    "reparation": Change(
        "Envoyer en réparation", (*HERE, State.LOANED), forms.RepairForm,
        _act(actions.send_to_repair, "note", "due_on"), "Le bien est en réparation.",
    ),
    "pret": Change(
        "Prêter à une autre école", HERE, forms.LoanForm, _act(actions.lend_asset, "school", "due_on", "note"),
        "Le bien est prêté.", choices=lambda person, asset, today: {
            "schools": schools_visible_to(person, today).order_by("sort_key", "id"),
        },
    ),
    "manquant": Change(
        "Il manque", (*HERE, State.IN_REPAIR, State.LOANED), forms.MissingForm, _act(actions.report_missing, "note"),
        "Le bien est noté manquant.",
    ),
    "place": Change(
        "Remplir une place", HERE, forms.SlotForm, _fill, "La place est remplie.", only=Kind.CART,
        choices=lambda person, asset, today: {"slots": queries.free_slots(asset)},
    ),
    "extinction": Change(
        "Dire comment elle s’éteint", LIVING, forms.OffSwitchForm, _act(actions.declare_off_switch, "off_switch"),
        "C’est noté.", needs=rules.can_declare_off_switch, only=Kind.ACCESS_POINT,
    ),
    "correction": Change(
        "Corriger la fiche", LIVING, forms.CorrectionForm, _correct, "La fiche est corrigée.", choices=_reads_price
    ),
    "annulation": Change(
        "Il ne viendra pas", (State.EXPECTED,), forms.AssetForm, _act(actions.cancel_expected),
        "Le bien attendu est annulé.",
    ),
    "reforme": Change(
        "Réformer", (*HERE, State.IN_REPAIR, State.LOANED, State.MISSING), forms.RetirementForm, _retire,
        "Le bien est réformé.", needs=rules.can_retire_asset,
    ),
    "sortie": Change(
        "Sortir de l’inventaire", (State.RETIRED,), forms.DisposalForm,
        _act(actions.dispose_asset, "way", "beneficiary", "disposal_ref"), "Le bien est sorti de l’inventaire.",
        needs=rules.can_retire_asset,
    ),
}  # fmt: skip


# What bringing it here is called, by where it was.
PLACING = {
    State.EXPECTED: "Il est livré", State.IN_REPAIR: "Il est réparé", State.LOANED: "Il est rendu",
    State.MISSING: "Il est retrouvé",
}  # fmt: skip


def gestures(person, asset, today):
    """(the likeliest thing to do or None, the others), each (address, title), among what this person may do today."""
    may = [slug for slug, change in CHANGES.items() if answer_to(change, person, asset, today)]
    may.sort(key=lambda slug: slug != "sortie")  # what was retired waits to leave
    acts = [(reverse("inventory:asset_change", args=[asset.pk, slug]), CHANGES[slug].title) for slug in may]
    if asset.state not in GONE and rules.can_write_asset(person, asset, today):
        placing = reverse("inventory:asset_place", args=[asset.pk]), PLACING.get(asset.state, "Déplacer")
        acts.insert(0, placing)
    return (acts[0] if acts else None), acts[1:]


def answer_to(change, person, asset, today):
    """The rule, then the state, each with its reason."""
    allowed = change.needs(person, asset, today)
    if not allowed:
        return allowed
    if asset.state not in change.states or change.only not in ("", asset.kind):
        return No(f"Cela ne se fait pas d’un bien {asset.get_state_display()}.")
    return allowed


@signed_in("GET", "POST")
def asset_change(request, asset_id, change):
    """One change: 404 out of sight, 403 with its reason, then its form; the second of two keeps what was typed."""
    today = localdate()
    asset = get_object_or_404(queries.with_places(rules.assets_visible_to(request.person, today)), id=asset_id)
    asked = CHANGES.get(change)
    if asked is None:
        raise Http404
    require(answer_to(asked, request.person, asset, today))
    choices = asked.choices(request.person, asset, today)
    form = asked.form(request.POST or None, asset=asset, today=today, **choices)
    if request.method == "POST" and form.is_valid():
        try:
            asked.act(request.person, asset, form.cleaned_data, now())
        except Conflict as cannot:
            form = _again(form, cannot)
        else:
            messages.success(request, asked.done)
            return _after(asset)
    status = 422 if request.method == "POST" else 200
    return render(request, "inventory/asset_change.html", _shown(asset, form, asked, change), status=status)


def _shown(asset, form, asked, slug):
    """To leave the inventory one reads how it was retired first."""
    retirement = queries.retirement_of(asset) if slug == "sortie" else None
    return {"asset": asset, "form": form, "change": asked, "retirement": retirement}


def _again(form, cannot):
    """The form as typed, with why not; sent again, it speaks of the asset as it is now."""
    form.add_error(None, cannot.reason)
    if isinstance(cannot, actions.ChangedSince):
        form.data = form.data.copy()
        form.data["version"] = Asset.objects.values_list("version", flat=True).get(pk=form.asset.pk)
    return form


def _after(asset):
    """Its page, or the list when it is no more."""
    if Asset.objects.filter(pk=asset.pk).exists():
        return redirect("inventory:asset_detail", asset_id=asset.pk)
    return redirect("inventory:asset_list")


@signed_in("GET", "POST")
def asset_place(request, asset_id):
    """« Où est-il maintenant ? »: first the school, kept unless `?ecole=` names another, then the room."""
    today = localdate()
    asset = get_object_or_404(queries.with_places(rules.assets_visible_to(request.person, today)), id=asset_id)
    require(rules.can_write_asset(request.person, asset, today))
    if asset.state in GONE:
        require(No("Un bien réformé se range d’abord dans la réserve de la Ville."))
    schools = schools_visible_to(request.person, today).filter(city=asset.city_id).order_by("sort_key", "id")
    school = _school_among(schools, request.GET.get("ecole"), asset)
    form = None
    if school is not None:
        form = forms.PlaceForm(request.POST or None, asset=asset, today=today, rooms=rooms_in_use(school))
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        try:
            actions.place_asset(
                person=request.person,
                asset=asset,
                school=school,
                room=data["room"],
                now=now(),
                is_in_use=data["is_in_use"],
                version=data["version"],
            )
        except Conflict as cannot:
            form = _again(form, cannot)
        else:
            messages.success(request, f"{asset.label} est placé. L’inventaire le montre dans son local.")
            return redirect("inventory:asset_detail", asset_id=asset.pk)
    context = {"asset": asset, "form": form, "school": school, "schools": schools}
    return render(request, "inventory/asset_place.html", context, status=422 if request.method == "POST" else 200)


def _school_among(schools, asked, asset):
    """The school asked for among those in sight; 404 for any other; the asset's own by default."""
    if not asked:
        return asset.school
    try:
        return get_object_or_404(schools, id=asked)
    except (ValueError, TypeError, ValidationError):
        raise Http404
