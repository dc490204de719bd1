"""The team of a school: who serves there, who arrives, who leaves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import Yes, require
from preau.kit.money import NBSP
from preau.kit.names import of_name
from preau.kit.views import signed_in
from preau.people import actions as people
from preau.people.models import Role
from preau.people.queries import end_told
from preau.schools import actions, queries, rules, staff_forms
from preau.schools.rules.classes import can_open_classes
from preau.schools.sheets import first_sheet
from preau.schools.views.likeness import staff_asked, staff_page
from preau.schools.views.loading import form_page
from preau.schools.views.sheets import offer_sheets


@signed_in()
def team(request, school_id):
    """Each member, what they hold here, and what may be done of it. The Ville sees its own agents, and no class."""
    today, person, school = localdate(), request.person, _school_to_staff(request, school_id)
    lines = queries.team_of(rules.team_visible_to(person, today), school)
    offer_sheets(lines, person, school, today)
    rows = [(line, *_endable(line.mandates, person, today), _helps(line, person, today)) for line in lines]
    is_head = rules.can_keep_register(person, school, today)
    context = {"school": school, "rows": rows, "today": today, "is_head": is_head}
    return render(request, "schools/team.html", context)


@signed_in()
def city_staff(request, city_id):
    """The schools of the city, and how many of its agents serve in each."""
    today = localdate()
    city = get_object_or_404(rules.cities_staffed_by(request.person, today), pk=city_id)
    agents = rules.team_visible_to(request.person, today).filter(role=Role.ATSEM)
    schools = queries.with_agents(rules.schools_with_team_for(request.person, today).filter(city=city), agents)
    return render(request, "schools/city_staff.html", {"city": city, "schools": schools})


def _school_to_staff(request, school_id):
    """The school, for who names somebody there; 404 for who is nobody there, 403 for who only serves."""
    today = localdate()
    visible = rules.schools_with_team_for(request.person, today).select_related("city")
    school = get_object_or_404(visible, pk=school_id)
    require(rules.can_name_staff(request.person, school, today))
    return school


def _helps(line, person, today):
    """What an AESH or an ATSEM holds, to whom this person may open a class; teachers are named with theirs."""
    held = [m for m in line.mandates if m.role in (Role.AESH, Role.ATSEM) and can_open_classes(person, m, today)]
    return {"mandate": held[0], "has_class": any(m.classroom_id for m in held)} if held else None


def _endable(mandates, person, today):
    """What this person may end and what they may take back, and why not the rest."""
    answers = [(mandate, rules.can_end_function(person, mandate, today)) for mandate in mandates]
    mine = [mandate for mandate, answer in answers if answer]
    reasons = [answer.reason for _, answer in answers if not answer]
    return [m for m in mine if not m.ends_on], [m for m in mine if m.ends_on], reasons


@signed_in("GET", "POST")
def staff_new(request, school_id):
    """Someone of the team gets a first account: the sheet is shown once, to print."""
    today, school = localdate(), _school_to_staff(request, school_id)
    back = reverse("schools:team", kwargs={"school_id": school.pk})
    is_head = rules.can_keep_register(request.person, school, today)
    form = staff_forms.StaffForm(
        request.POST or None,
        school=school,
        today=today,
        functions=rules.functions_named_by(request.person, school, today),
        person=request.person,
        classrooms=queries.current_classrooms(school, today) if is_head else None,
        taught=request.GET.get("classe", ""),
    )
    if request.method == "POST" and form.is_valid():
        same, question = staff_asked(request, school, form, back=back, back_label="L’équipe")
        if question:
            return question
        may = first_sheet(request.person, same, school, Role.ATSEM, today) if same else Yes()
        mandate, secret = actions.welcome_staff(
            same_as=same, gives_sheet=bool(may), person=request.person, now=now(), **form.facts()
        )
        said = f"C’est noté. {mandate.person.full_name} est dans l’équipe."
        return staff_page(request, mandate, secret, may, said=said, back=back, back_label="L’équipe")
    return form_page(
        request,
        form,
        title="Ajouter une personne",
        button="Ouvrir son compte",
        back=back,
        lead="Une fiche de connexion s’affiche ensuite, une seule fois\u00a0: imprimez-la.",
    )


@signed_in("GET", "POST")
def staff_classes(request, staff_id):
    """« Ouvrir une classe » to who serves in the school: what its team reads is theirs at once."""
    today, visible = localdate(), rules.team_visible_to(request.person, localdate())
    mandate = get_object_or_404(visible.select_related("person", "school", "classroom__school"), pk=staff_id)
    require(can_open_classes(request.person, mandate, today))
    school, holder = mandate.school or mandate.classroom.school, mandate.person
    rooms = queries.current_classrooms(school, today).exclude(
        mandates__in=visible.filter(person=holder, role=mandate.role)
    )
    form = staff_forms.ClassesForm(request.POST or None, classrooms=rooms)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_classes(
            mandate=mandate, classrooms=form.chosen(), today=today, person=request.person, now=now()
        )
        names = ", ".join(each.classroom.name for each in opened)
        if opened:
            messages.success(request, f"C’est ouvert à {holder.full_name}{NBSP}: {names}.")
        return redirect("schools:team", school_id=school.pk)
    context = {"school": school, "mandate": mandate, "has_rooms": bool(form.rooms)}
    title = f"Ouvrir une classe à {holder.full_name}"
    return form_page(request, form, title=title, button="Ouvrir", template="schools/staff_classes.html", **context)


@signed_in("GET", "POST")
def staff_leaving(request, staff_id):
    """« Quitte l’école », with a last day; « Annuler » stays until that day is past."""
    today = localdate()
    mandate, school = _function(request, staff_id, today)
    stays, _, reasons = _held_there(request, mandate, school, today)
    is_head = bool(rules.can_keep_register(request.person, school, today))
    form = staff_forms.StaffLeavingForm(request.POST or None, mandates=stays, names_classes=is_head, today=today)
    back = reverse("schools:team", kwargs={"school_id": school.pk})
    if not stays:
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        ends_on = form.cleaned_data["on"]
        people.end_mandates(mandates=form.ended(), ends_on=ends_on, person=request.person, now=now())
        messages.success(request, end_told(mandate.person, ends_on, today))
        return redirect(back)
    context = {"school": school, "mandates": stays, "leaves_all": not reasons, "is_head": is_head}
    title = f"{mandate.person.full_name} quitte l’école" if not reasons else f"Fin de fonction{NBSP}: {mandate.person}"
    return form_page(
        request,
        form,
        title=title,
        button="Noter le départ",
        back=back,
        template="schools/staff_leaving.html",
        **context,
    )


@signed_in("POST")
def staff_leaving_taken_back(request, staff_id):
    """« Annuler » a leaving that is still to come."""
    today = localdate()
    mandate, school = _function(request, staff_id, today)
    _, leaves, _ = _held_there(request, mandate, school, today)
    for each in leaves:
        people.take_back_end(mandate=each, person=request.person, now=now())
    messages.success(request, f"Le départ {of_name(mandate.person.full_name)} est annulé. Ses accès restent les mêmes.")
    return redirect("schools:team", school_id=school.pk)


def _function(request, staff_id, today):
    """A function that this person may end, and its school."""
    visible = rules.team_visible_to(request.person, today).select_related(
        "person", "school__city", "classroom__school__city"
    )
    mandate = get_object_or_404(visible, pk=staff_id)
    require(rules.can_end_function(request.person, mandate, today))
    return mandate, mandate.school or mandate.classroom.school


def _held_there(request, mandate, school, today):
    """All that its holder holds in the school: what goes on, what will end, and why the rest is not theirs to end."""
    team = rules.team_visible_to(request.person, today).filter(person=mandate.person)
    (line,) = queries.team_of(team, school)
    return _endable(line.mandates, request.person, today)
