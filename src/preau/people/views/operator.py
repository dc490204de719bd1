"""The operator opens the base: département, city, circonscription, school, and who holds the first roles in each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from preau.kit.answers import require
from preau.kit.rooms import given_by_rooms
from preau.kit.views import signed_in, submit
from preau.people import actions, base_forms, queries, rules
from preau.people.models import Mandate
from preau.people.naming import LastDayForm, answered, namesakes_page
from preau.people.queries import base
from preau.people.sheets import sheet_of
from preau.places import actions as places
from preau.places.models import Department
from preau.places.queries import zone_of


@signed_in()
def base_home(request):
    """What the base holds, and what is still missing to open it."""
    today = timezone.localdate()
    require(rules.can_open_base(request.person, today))
    lines, operators = base.base_overview(today)
    schools = [school.place for line in lines for school in line.schools]
    endable = [(each, rules.can_end_named(request.person, each, today, kept_by=operators)) for each in operators]
    context = {
        "base": lines, "operators": endable, "has_city": any(line.kind == "city" for line in lines),
        "machine": [say() for say in given_by_rooms("machine", "SAYS")],
        "without_holidays": [line for line in lines if line.lacks_holidays(today)],
        "unattached": [school for school in schools if school.district_id is None and school.closed_on is None],
    }  # fmt: skip
    return render(request, "people/base.html", context)


def _added(request, form_class, title, act):
    """One form, one act, back to the base's page."""
    require(rules.can_open_base(request.person, timezone.localdate()))
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = act(person=request.person, now=timezone.now(), **form.facts())
        messages.success(request, f"{made.name} : c’est ajouté.")
        for remark in form.remarks():
            messages.warning(request, remark)
        return redirect("base")
    return render(request, "people/base_form.html", {"form": form, "title": title})


@signed_in("GET", "POST")
def department_new(request):
    """A département, where the State's services sit."""
    return _added(request, base_forms.DepartmentForm, "Ajouter un département", places.add_department)


@signed_in("GET", "POST")
def department_holidays(request, department_id):
    """The school holidays of an academy, where no file of Préau tells them or their end is near."""
    require(rules.can_open_base(request.person, timezone.localdate()))
    department = get_object_or_404(Department, id=department_id)
    form = base_forms.HolidaysForm(request.POST or None, department=department)
    if request.method == "POST" and form.is_valid():
        places.write_holidays(person=request.person, department=department, now=timezone.now(), **form.facts())
        messages.success(request, f"Académie de {department.academy}\u00a0: les vacances sont écrites.")
        return redirect("base")
    zone = zone_of(department.academy)
    known = f"Préau connaît le calendrier de la zone {zone}\u00a0: écrivez ici ce qui vient après." if zone else ""
    context = {
        "form": form, "title": f"Les vacances scolaires de l’académie de {department.academy}", "button": "Enregistrer",
        "lead": known or "Le rectorat les fixe chaque année, et Préau ne les connaît pas.",
    }  # fmt: skip
    return render(request, "people/base_form.html", context)


@signed_in("GET", "POST")
def city_new(request):
    """A city and its address."""
    return _added(request, base_forms.CityForm, "Ajouter une ville", places.add_city)


@signed_in("GET", "POST")
def district_new(request):
    """A circonscription."""
    return _added(request, base_forms.DistrictForm, "Ajouter une circonscription", places.add_district)


@signed_in("GET", "POST")
def school_new(request):
    """A school of a city."""
    return _added(request, base_forms.SchoolForm, "Ajouter une école", places.add_school)


@signed_in("GET", "POST")
def school_district(request, school_id):
    """Which circonscription follows a school: its IEN reads it from then on, another no more."""
    require(rules.can_open_base(request.person, timezone.localdate()))
    schools = base.places_of_kind("school").select_related("city", "district")
    school = get_object_or_404(schools, id=school_id)
    others = base.schools_without_district(schools.filter(city=school.city).exclude(pk=school.pk))
    form = base_forms.SchoolDistrictForm(request.POST or None, school=school, others=others)
    if request.method == "POST" and form.is_valid():
        district = form.cleaned_data["district"]
        followed = [school, *form.cleaned_data.get("others", ())]
        for one in followed:
            if one.district != district:
                places.attach_to_district(person=request.person, school=one, district=district, now=timezone.now())
        who = f"l’IEN de «\u00a0{district.name}\u00a0» lit désormais"
        several = f"{len(followed)} écoles\u00a0: {who} ces écoles."
        messages.success(request, several if followed[1:] else f"{school.full_name}\u00a0: {who} l’école.")
        return redirect("base")
    context = {
        "form": form, "title": f"Quelle circonscription suit {school.with_article}\u00a0?", "button": "Rattacher",
        "lead": "L’IEN de cette circonscription lit l’école dès maintenant. Celui d’une autre ne la lit plus.",
    }  # fmt: skip
    return render(request, "people/base_form.html", context)


@signed_in("GET", "POST")
def name_someone(request, kind, place_id):
    """Names the first holder of a role in a place; their sheet is shown once, to print."""
    today = timezone.localdate()
    require(rules.can_open_base(request.person, today))
    place = get_object_or_404(base.places_of_kind(kind), id=place_id)
    return _name(request, kind, place, today)


@signed_in("GET", "POST")
def name_operator(request):
    """Names one more person to keep the base."""
    today = timezone.localdate()
    require(rules.can_open_base(request.person, today))
    return _name(request, "", None, today)


def _name(request, kind, place, today):
    form = base_forms.HolderForm(request.POST or None, kind=kind, place=place, today=today, person=request.person)
    if request.method == "POST" and form.is_valid():
        known = [] if form.same else base.namesakes_among(Mandate.objects.all(), **form.sought())
        same, is_settled = answered(request, form, known)
        if is_settled:
            return _named(request, place, form, same)
        return namesakes_page(request, form, known, back=reverse("base"), back_label="La base")
    return render(request, "people/base_name.html", {"form": form, "place": place, "kind": kind})


def _named(request, place, form, same):
    mandate, secret = actions.name_holder(
        place=place,
        role=form.cleaned_data["role"],
        title=form.cleaned_data.get("title", ""),
        starts_on=timezone.localdate(),
        same_as=same,
        person=request.person,
        now=timezone.now(),
        **form.named(),
    )
    if secret:
        return render(request, "people/sheet.html", {"sheet": sheet_of(request, mandate.person, secret, mandate)})
    said = f"C’est noté. {mandate.person.full_name} entre avec son compte"
    can_renew = "\u00a0; s’il faut y régler un téléphone, refaites sa fiche ici" if place else ""
    messages.success(request, f"{said}{can_renew}.")
    return redirect("base")


@signed_in("POST")
def new_sheet(request, mandate_id):
    """A new sheet for someone named here: the former one dies."""
    today, now = timezone.localdate(), timezone.now()
    require(rules.can_open_base(request.person, today))
    mandate = get_object_or_404(base.named_from_the_base(today), id=mandate_id)
    secret = actions.renew_sheet(holder=mandate.person, person=request.person, now=now)
    return render(request, "people/sheet.html", {"sheet": sheet_of(request, mandate.person, secret, mandate)})


@signed_in("GET", "POST")
def lost_telephone(request, mandate_id):
    """For someone named here who lost the telephone and the spare codes: asked once, in words; then a new sheet."""
    today, now = timezone.localdate(), timezone.now()
    require(rules.can_open_base(request.person, today))
    mandate = get_object_or_404(base.named_from_the_base(today), id=mandate_id, person__account__isnull=False)
    if request.method == "POST":
        secret = actions.remove_second_factor(account=mandate.person.account, person=request.person, now=now)
        return render(request, "people/sheet.html", {"sheet": sheet_of(request, mandate.person, secret, mandate)})
    return render(request, "people/lost_telephone.html", {"mandate": mandate})


@signed_in("GET", "POST")
def function_end(request, named_id):
    """« Fin de fonction » of someone named here: who names a role in a place ends it, never the last operator's."""
    today = timezone.localdate()
    require(rules.can_open_base(request.person, today))
    mandate = get_object_or_404(base.ended_from_the_base(today), id=named_id)
    require(rules.can_end_named(request.person, mandate, today))
    form = LastDayForm(request.POST or None, mandate=mandate, today=today)

    def end(on):
        actions.end_mandates(mandates=[mandate], ends_on=on, person=request.person, now=timezone.now())

    if submit(request, form, end):
        messages.success(request, queries.end_told(mandate.person, form.cleaned_data["on"], today))
        return redirect("base")
    context = {"form": form, "mandate": mandate, "remaining": base.others_in_role(mandate, today)}
    return render(request, "people/function_end.html", context, status=422 if form.is_bound else 200)


@signed_in("POST")
def function_end_taken_back(request, named_id):
    """« Annuler » an end of function that is still to come."""
    today = timezone.localdate()
    require(rules.can_open_base(request.person, today))
    mandate = get_object_or_404(base.ended_from_the_base(today), id=named_id)
    actions.take_back_end(mandate=mandate, person=request.person, now=timezone.now())
    messages.success(request, f"{mandate.person.full_name} garde sa fonction, et tout ce qu’elle ouvre.")
    return redirect("base")
