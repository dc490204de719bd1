"""The inventory read: a list one can search and take away, one asset, a school place by place."""

from django.core.paginator import Paginator
from django.db.models import UUIDField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.views import one_in_turn, pdf_file, signed_in, table_file
from preau.people.prepared import PreparedFor
from preau.plan.equipment.queries import UNTOLD, kit_in_force
from preau.plan.equipment.rules import own_cities, schools_visible_to
from preau.plan.inventory import certificates, forms, queries, rules
from preau.plan.inventory.models import clean_tag, is_tag
from preau.plan.inventory.views.changes import gestures
from preau.plan.premises.queries import benchmark_of, need_of

NEEDS = (
    "Élément", "Nature", "Règle", "Pour", "Au moins", "Au plus", "Noté ou reçu", "Lu dans", "À l’inventaire",
    "Dont en service", "Manque au moins", "Reçu, à noter",
)  # fmt: skip
BY_PAGE = 25  # one searches twenty thousand things and does not turn four hundred pages; a telephone shows a card each

CITIES = PreparedFor(lambda person, today: rules.cities_visible_to(person, today).order_by("name", "id"))
SCHOOLS = PreparedFor(lambda person, today: _named(schools_visible_to(person, today)))
SCHOOLS_OF_CITY = PreparedFor(
    lambda person, today, city: _named(schools_visible_to(person, today).filter(city=city)), UUIDField
)


def _named(schools):
    return schools.order_by("sort_key", "id").values_list("id", "shown_name", "sort_key")


def wanted_of(request, today):
    """(the filter form, the city shown when there are several, cities and schools in sight, the assets it keeps). 404
    for whoever has no inventory in sight. Schools are (id, name, sort key), in order. What is searched by its words or
    its school is searched everywhere."""
    cities = CITIES.rows(request.person, today)
    if not cities:
        raise Http404
    city = one_in_turn(request, cities)
    if not request.GET.get("ville") and any(request.GET.get(name) for name in ("q", "ecole", "local")):
        city = None
    schools = SCHOOLS_OF_CITY.rows(request.person, today, city.pk) if city else SCHOOLS.rows(request.person, today)
    form = forms.FilterForm(request.GET or None, schools=[(key, name) for key, name, _ in schools])
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = queries.Wanted(
        text=data.get("q", "").strip(),
        city=city.slug if city else data.get("ville", ""),
        school=data.get("ecole", ""),
        room=data.get("local"),
        state=data.get("etat", ""),
        kind=data.get("nature", ""),
    )
    return form, city, cities, schools, queries.matching(rules.assets_visible_to(request.person, today), wanted)


def _only(schools, form):
    """(id, name) of the school asked for, or of the only one in sight; None when the list is of several."""
    asked = form.cleaned_data.get("ecole") if form.is_bound and form.is_valid() else ""
    found = [(key, name) for key, name, _ in schools if str(key) == str(asked) or len(schools) == 1]
    return found[0] if len(found) == 1 else None


@signed_in()
def asset_list(request, importer):
    """Every asset in sight, searched and filtered, some at a time."""
    today = localdate()
    form, shown, cities, schools, assets = wanted_of(request, today)
    city = shown or next((c for c in cities if c.slug == request.GET.get("ville")), cities[0])
    page = Paginator(queries.Shelves(assets, schools), BY_PAGE).get_page(request.GET.get("page"))
    fundings = rules.prices_read_by(request.person, city, today)
    context = {
        "city": city, "cities": cities, "shown": shown, "form": form, "page": page, "school": _only(schools, form),
        "reads_prices": bool(fundings), "importer": importer,
        "value": queries.value_of(assets.filter(city=city), fundings) if request.GET.get("payes") else (),
        "may_print": rules.can_print_labels(request.person, today),
        "may_import": rules.can_write_inventory(request.person, city, today),
    }  # fmt: skip
    return render(request, "inventory/asset_list.html", context)


@signed_in()
def asset_export(request, extension):
    """The same list, whole, to take away."""
    today = localdate()
    *_, assets = wanted_of(request, today)
    rows = queries.export_rows(assets, lambda city: rules.prices_read_by(request.person, city, today))
    return table_file("inventaire", extension, queries.HEADER, rows)


@signed_in()
def asset_detail(request, asset_id):
    """One asset: where it is, what may be done, how it left, what happened to it."""
    today = localdate()
    visible = queries.with_places(rules.assets_visible_to(request.person, today))
    asset = get_object_or_404(visible, id=asset_id)
    main, others = gestures(request.person, asset, today)
    context = {
        "asset": asset, "main": main, "others": others, "slots": queries.slots_of(asset) if asset.is_cart else (),
        "retirement": queries.retirement_of(asset), "history": queries.history_of(asset),
        "reads_price": asset.funding in rules.prices_read_by(request.person, asset.city, today),
    }  # fmt: skip
    return render(request, "inventory/asset_detail.html", context)


@signed_in()
def erasure_certificate(request, retirement_id):
    """The certificate of a retirement, on paper."""
    today = localdate()
    visible = rules.retirements_visible_to(request.person, today).select_related("asset__city", "school")
    retirement = get_object_or_404(visible, id=retirement_id)
    require(rules.can_print_erasure(request.person, retirement, today))
    pdf = certificates.draw(certificate=queries.certificate_of(retirement), now=now())
    return pdf_file(f"effacement-{retirement.asset.tag}", pdf)


@signed_in()
def asset_by_tag(request, tag):
    """The address of the QR code. Two cities may have drawn the same six signs: then the list shows both."""
    found = rules.assets_visible_to(request.person, localdate()).filter(tag=clean_tag(tag))
    ids = list(found.values_list("id", flat=True)[:2])
    if not ids:
        return _free_label(request, tag)
    if len(ids) == 1:
        return redirect("inventory:asset_detail", asset_id=ids[0])
    response = redirect("inventory:asset_list")
    response["Location"] += f"?q={clean_tag(tag)}"
    return response


def _free_label(request, tag):
    """404 for a label that nothing in sight bears; who writes somewhere reads there where to write what it is on."""
    schools = rules.schools_written_by(request.person, localdate()).order_by("sort_key", "id")
    page = Paginator(schools if is_tag(clean_tag(tag)) else (), BY_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    return render(request, "inventory/free_label.html", {"tag": tag, "page": page}, status=404)


@signed_in()
def school_stock(request, school_id):
    """What a school has, room by room, some things at a time."""
    today = localdate()
    school = get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)
    page = Paginator(queries.stock_of(school), BY_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "inventory/school_stock.html",
        {
            "school": school,
            "page": page,
            "spots": queries.by_place(page.object_list, school),
            "may_write": rules.can_write_assets(request.person, school.city, school, today),
        },
    )


def _needs(request, school_id):
    """(the school, what its kit in force asks or None, each line beside what is there)"""
    today = localdate()
    school = get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)
    kit, lines = kit_in_force(school, today)
    need = need_of(school, kit, today, lines) if kit else None
    return school, need, queries.needs_against_stock(school, need) if need else ()


@signed_in()
def school_needs(request, school_id):
    """« Ce qu’il faut »: each line of the kit in force against what is there."""
    school, need, lines = _needs(request, school_id)
    own = own_cities(request.person, localdate())
    context = {
        "school": school, "need": need, "lines": lines, "benchmark": benchmark_of(school),
        "kit_city": next((city for city in own if city.pk == school.city_id), None),
    }  # fmt: skip
    return render(request, "inventory/school_needs.html", context)


@signed_in()
def need_export(request, school_id, extension):
    """The same lines; none while no kit is in force."""
    school, _, lines = _needs(request, school_id)
    rows = [
        (
            line.need.item,
            line.need.kind_label,
            line.need.rule,
            line.need.option_label,
            line.need.least,
            line.need.most,
            line.basis if line.noted is None else line.noted,
            "" if line.noted is None else line.basis,
            UNTOLD if line.is_untold else line.there,
            line.in_use,
            line.missing,
            line.untraced,
        )
        for line in lines
    ]
    return table_file(f"besoins-{school.slug}", extension, NEEDS, rows)
