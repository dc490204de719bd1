"""Classes, groups, and a class given for a time."""

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import Yes, require
from preau.kit.dates import day_text
from preau.kit.views import signed_in
from preau.people.models import Person, Role
from preau.schools import actions, forms, queries, rules
from preau.schools.models import GroupMember
from preau.schools.sheets import first_sheet
from preau.schools.views.likeness import staff_asked, staff_page
from preau.schools.views.loading import form_page, school_to_keep

TAKEN = "Ce nom est déjà pris cette année dans l’école\u00a0: choisissez-en un autre."


def _named(request, school_id, form, act, *, title, button, page):
    """Opens something that has a name of its own in the school, and leads to where its pupils are put in it."""
    school = school_to_keep(request, school_id)
    back = reverse("schools:school", kwargs={"school_id": school.pk})
    if request.method == "POST" and form.is_valid():
        try:
            made = act(school=school, today=localdate(), person=request.person, now=now(), **form.cleaned_data)
        except IntegrityError:
            form.add_error("name", TAKEN)
        else:
            messages.success(request, f"«\u00a0{made.name}\u00a0» est ouvert. Il reste à y mettre ses élèves.")
            return redirect(page, made.pk)
    return form_page(request, form, title=title, button=button, back=back)


@signed_in("GET", "POST")
def classroom_new(request, school_id):
    """A class opens."""
    form = forms.ClassroomForm(request.POST or None)
    words = {"title": "Ouvrir une classe", "button": "Ouvrir", "page": "schools:classroom"}
    return _named(request, school_id, form, actions.open_classroom, **words)


@signed_in("GET", "POST")
def group_new(request, school_id):
    """A group or a dispositif opens."""
    form = forms.GroupForm(request.POST or None)
    words = {"title": "Ouvrir un groupe", "button": "Ouvrir", "page": "schools:group"}
    return _named(request, school_id, form, actions.open_group, **words)


@signed_in("GET", "POST")
def group(request, group_id):
    """The pupils of a group; the head adds some or ends one."""
    today = localdate()
    group = get_object_or_404(rules.groups_visible_to(request.person, today).select_related("school"), pk=group_id)
    require(rules.can_keep_register(request.person, group.school, today))
    form = forms.MembersForm(
        request.POST if request.method == "POST" else None, enrolments=queries.pupils_to_join(group, today)
    )
    if request.method == "POST" and form.is_valid():
        joined = form.cleaned_data["pupils"]
        for pupil in joined:
            actions.add_member(group=group, pupil=pupil, starts_on=today, person=request.person, now=now())
        if len(joined) == 1:
            said = f"{joined[0].full_name} est dans le groupe {group.name}. Sa famille lit ce qui s’y publie."
        else:
            said = f"{len(joined)} élèves sont dans le groupe {group.name}. Leurs familles lisent ce qui s’y publie."
        messages.success(request, said)
        return redirect("schools:group", group_id=group.pk)
    context = {"group": group, "members": queries.members_of(group, today), "form": form}
    return render(request, "schools/group.html", context, status=422 if form.errors else 200)


@signed_in("POST")
def member_end(request, member_id):
    """A pupil no longer follows the group."""
    today = localdate()
    visible = rules.groups_visible_to(request.person, today)
    member = get_object_or_404(
        GroupMember.objects.filter(group__in=visible).select_related("group__school", "pupil"), pk=member_id
    )
    require(rules.can_keep_register(request.person, member.group.school, today))
    actions.end_member(member=member, on=today, person=request.person, now=now())
    said = f"{member.pupil.full_name} n’est plus dans le groupe {member.group.name}."
    messages.success(request, f"{said} Sa famille ne lit plus ce qui s’y publie ensuite.")
    return redirect("schools:group", group_id=member.group_id)


@signed_in("GET", "POST")
def give_class(request, classroom_id):
    """« Donner ma classe »: choose who, it is done; ends by itself tonight, or on the day one says."""
    today, person = localdate(), request.person
    classroom = get_object_or_404(rules.classrooms_visible_to(person, today).select_related("school"), pk=classroom_id)
    require(rules.can_give_class(person, classroom, today))
    known = [each for each in queries.supply_teachers_known(classroom) if each != person]
    chosen = next((each for each in known if str(each.pk) == request.POST.get("holder")), None)
    form = forms.SupplyForm(_typed(request, chosen), person=person, today=today)
    if request.method == "POST" and form.is_valid():
        back = reverse("schools:classroom", kwargs={"classroom_id": classroom.pk})
        same, question = chosen, None
        if not chosen:
            same, question = staff_asked(request, classroom.school, form, back=back, back_label=classroom.name)
        return question or _lent(request, classroom, same, form.cleaned_data["until"], form.named(), today)
    context = {"classroom": classroom, "known": known, "form": form}
    return render(request, "schools/give_class.html", context, status=422 if form.is_bound else 200)


def _typed(request, chosen: Person | None):
    """What was written; a button that names somebody known stands for their names (no `holder` is left in it)."""
    if chosen is None:
        return request.POST or None
    names = {name: getattr(chosen, name) for name in ("civility", "first_name", "last_name")}
    return names | {"until": request.POST.get("until", "")}


def _lent(request, classroom, same: Person | None, until, names, today):
    may = first_sheet(request.person, same, classroom.school, Role.SUPPLY_TEACHER, today) if same else Yes()
    mandate, secret = actions.lend_class(
        classroom=classroom,
        same_as=same,
        gives_sheet=bool(may),
        today=today,
        until=until,
        person=request.person,
        now=now(),
        **names,
    )
    evening = "jusqu’à ce soir" if until == today else f"jusqu’au soir du {day_text(until)}"
    said = f"{mandate.person.formal_name} a la classe {classroom.name} {evening}. Cela s’arrête tout seul."
    back = reverse("schools:classroom", kwargs={"classroom_id": classroom.pk})
    return staff_page(request, mandate, secret, may, said=said, back=back, back_label=classroom.name)


@signed_in("POST")
def take_back_class(request, mandate_id):
    """Ends a supply day at once."""
    today = localdate()
    endable = rules.mandates_endable_by(request.person, today).select_related("person", "classroom")
    mandate = get_object_or_404(endable, pk=mandate_id)
    classroom = mandate.classroom
    actions.take_back_class(mandate=mandate, today=today, person=request.person, now=now())
    said = f"{mandate.person.formal_name} n’a plus la classe {classroom.name}"
    messages.success(request, f"{said}, et n’en voit plus rien.")
    return redirect("schools:classroom", classroom_id=classroom.pk)
