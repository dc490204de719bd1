"""Where a school is, its buildings, rooms and cabling, written."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import chosen_by_slug, form_page, signed_in, submit
from preau.places.queries import open_on
from preau.plan.equipment.rules import can_write_plan, cities_visible_to, schools_visible_to
from preau.plan.premises import actions, forms, queries, rules
from preau.plan.premises.views.facts import back, form_about, noted
from preau.plan.premises.views.reading import visible_school

SEEN_NONE = (
    f"Ce que personne n’a noté d’une école se lit «{NBSP}inconnu{NBSP}». Cochez celles où quelqu’un a vu qu’il n’y en "
    "a pas. Vous pourrez vous reprendre sur la page de l’école."
)


def _building(request, building_id):
    return noted(request, rules.buildings_visible_to, rules.can_write_premises, building_id)


@signed_in("GET", "POST")
def school_location(request, school_id):
    """« Situer l’école »"""
    today = localdate()
    school = visible_school(request, school_id, today)
    require(rules.can_write_premises(request.person, school, today))
    initial = {"point": queries.point_text(school), "source": school.location_source}
    form = forms.LocationForm(request.POST or None, initial=initial, others=queries.points_of_others(school))
    if request.method == "POST" and form.is_valid():
        latitude, longitude = form.cleaned_data["point"]
        actions.locate_school(
            person=request.person,
            school=school,
            latitude=latitude,
            longitude=longitude,
            now=now(),
            source=form.cleaned_data["source"],
        )
        shown = "est située, la carte du plan la montre" if latitude is not None else "n’est plus sur la carte du plan"
        messages.success(request, f"{school.shown_name}{NBSP}: l’école {shown}.")
        return back(school)
    return form_about(request, school, form, "Situer l’école", "Enregistrer la situation")


@signed_in("GET", "POST")
def building_create(request, school_id):
    """« Ajouter un bâtiment »"""
    today = localdate()
    school = visible_school(request, school_id, today)
    require(rules.can_write_premises(request.person, school, today))
    form = forms.BuildingForm(request.POST or None)
    if submit(request, form, partial(actions.add_building, person=request.person, school=school, now=now())):
        messages.success(request, f"{school.shown_name}{NBSP}: le bâtiment est ajouté. Ajoutez-y ses locaux.")
        return back(school)
    return form_about(request, school, form, "Ajouter un bâtiment", "Ajouter ce bâtiment")


@signed_in("GET", "POST")
def building_edit(request, building_id):
    """Another name for a building."""
    building = _building(request, building_id)
    form = forms.BuildingForm(request.POST or None, initial={"name": building.name})
    if submit(request, form, partial(actions.rename_building, person=request.person, building=building, now=now())):
        messages.success(
            request,
            f"{building.school.shown_name}{NBSP}: le bâtiment s’appelle {building.name}. Ses locaux le suivent.",
        )
        return back(building.school)
    return form_about(request, building.school, form, f"Renommer {building.name}", "Changer le nom")


@signed_in("GET", "POST")
def room_create(request, building_id):
    """« Ajouter des locaux »: several alike at once."""
    today = localdate()
    building = _building(request, building_id)
    form = forms.RoomsForm(request.POST or None, today=today)
    if made := submit(request, form, partial(actions.add_rooms, person=request.person, building=building, now=now())):
        added = "le local est ajouté" if len(made) == 1 else f"{len(made)} locaux sont ajoutés"
        messages.success(request, f"{building.name}, {building.school.shown_name}{NBSP}: {added}.")
        return back(building.school)
    return form_about(request, building.school, form, f"Ajouter des locaux, {building.name}", "Ajouter ces locaux")


@signed_in("GET", "POST")
def room_edit(request, room_id):
    """A room's facts, its end of use too."""
    today = localdate()
    visible = rules.rooms_visible_to(request.person, today)
    room = get_object_or_404(visible.select_related("building__school__city"), id=room_id)
    school = room.building.school
    require(rules.can_write_premises(request.person, school, today))
    known = {name: getattr(room, name) for name in ("name", "floor", "kind", "has_power", "closed_on")}
    form = forms.RoomForm(request.POST or None, initial=known, today=today)
    if submit(request, form, partial(actions.edit_room, person=request.person, room=room, now=now())):
        messages.success(
            request, f"{room.name}, {school.shown_name}{NBSP}: c’est changé. Le matériel qui s’y trouve suit le local."
        )
        return back(school)
    return form_about(request, school, form, f"{room.name}, {room.building.name}", "Enregistrer ce local")


@signed_in("GET", "POST")
def cabling_create(request, school_id):
    """« Noter un câblage »: only what is not cabled yet is proposed."""
    today = localdate()
    school = visible_school(request, school_id, today)
    require(rules.can_write_premises(request.person, school, today))
    form = forms.CablingForm(
        request.POST or None,
        today=today,
        rooms=queries.uncabled_rooms_of(school, today),
        is_school_cabled=queries.is_school_cabled(school),
    )
    if submit(request, form, partial(actions.record_cabling, person=request.person, school=school, now=now())):
        messages.success(request, f"{school.shown_name}{NBSP}: le câblage est noté. L’état de l’école en tient compte.")
        return back(school)
    return form_about(request, school, form, "Noter un câblage", "Noter ce câblage")


@signed_in("POST")
def cabling_removal(request, cabling_id):
    """Noted by mistake."""
    cabling = noted(request, rules.cablings_visible_to, rules.can_write_premises, cabling_id)
    actions.remove_cabling(person=request.person, cabling=cabling, now=now())
    messages.success(
        request, f"{cabling.school.shown_name}{NBSP}: le câblage est retiré. L’état de l’école en tient compte."
    )
    return back(cabling.school)


@signed_in("GET", "POST")
def lack_create(request, school_id):
    """« Dire qu’il n’y en a pas »: only what is unknown is proposed."""
    today = localdate()
    school = visible_school(request, school_id, today)
    require(rules.can_write_premises(request.person, school, today))
    unknown = {gate.key for gate in queries.readiness_of(school, today).missing if not gate.is_known}
    form = forms.LackForm(request.POST or None, today=today, unknown=unknown, initial={"seen_on": today})
    if submit(request, form, partial(actions.record_lacks, person=request.person, school=school, now=now())):
        messages.success(
            request, f"{school.shown_name}{NBSP}: c’est noté. Ce qui arrivera ensuite se note comme avant."
        )
        return back(school)
    return form_about(request, school, form, "Dire qu’il n’y en a pas", "Noter ce constat")


@signed_in("GET", "POST")
def lack_of_schools(request):
    """« Dire qu’il n’y en a pas » of several schools; `?quoi=` says what, else the first that is unknown somewhere."""
    today = localdate()
    city, _ = chosen_by_slug(request, cities_visible_to(request.person, today))
    require(can_write_plan(request.person, city, today))
    schools = schools_visible_to(request.person, today).filter(open_on(today), city=city)
    untold = queries.schools_untold(list(schools.order_by("sort_key", "kind", "id")), today)
    asked = [what for what in untold if what == request.GET.get("quoi")]
    what = (asked or [what for what in untold if untold[what]] or list(untold))[0]
    form = forms.LackOfSchoolsForm(
        request.POST or None, today=today, what=what, schools=untold[what], initial={"seen_on": today}
    )
    back_to = f"{reverse('premises:readiness_list')}?ville={city.slug}"
    write = partial(actions.record_lack_of_schools, person=request.person, what=what, now=now())
    if said := submit(request, form, write):
        messages.success(request, _said_of_schools(0 if said is True else len(said)))
        return redirect(back_to)
    return form_page(
        request,
        form,
        title="Dire qu’il n’y en a pas",
        button="Noter ce constat",
        back=back_to,
        eyebrow=f"Locaux et liaisons, {city.name}",
        lead=SEEN_NONE,
        template="premises/lack_of_schools.html",
        city=city,
        what=what,
        choices=[(each, each.label, len(untold[each])) for each in untold if untold[each]],
        has_schools=bool(untold[what]),
    )


def _said_of_schools(count):
    if not count:
        return f"Rien n’a changé{NBSP}: un collègue l’avait déjà dit."
    schools = "pour 1 école" if count == 1 else f"pour {count} écoles"
    return f"C’est noté {schools}. Ce qui arrivera ensuite se note comme avant."


@signed_in("POST")
def lack_removal(request, lack_id):
    """Said by mistake."""
    lack = noted(request, rules.lacks_visible_to, rules.can_write_premises, lack_id)
    actions.remove_lack(person=request.person, lack=lack, now=now())
    messages.success(request, f"{lack.school.shown_name}{NBSP}: le constat est retiré, on n’en sait plus rien.")
    return back(lack.school)
