"""« Fiche de connexion » of one person, shown once, to print: everybody else's code stays good."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.views import signed_in
from preau.people import actions as people
from preau.people.models import Role
from preau.people.queries import schools_worked_in, sheet_ask_of
from preau.people.sheets import sheet_of, title_of
from preau.schools import queries, rules
from preau.schools.models import Guardianship
from preau.schools.sheets import sheets_withheld


@signed_in("POST")
def pupil_sheet(request, pupil_id):
    """To a pupil of CE2 to CM2."""
    today, person = localdate(), request.person
    pupil = get_object_or_404(queries.with_path(rules.pupils_visible_to(person, today), person), pk=pupil_id)
    require(rules.can_give_sheet(person, pupil, pupil, today))
    return _drawn(request, pupil, about=_place(person, pupil, today), back=_record(pupil), is_pupil=True)


@signed_in("POST")
def guardian_sheet(request, link_id):
    """To one who answers for a pupil. It names this child, and nobody else who answers for them."""
    today, person = localdate(), request.person
    links = Guardianship.objects.current(today).filter(child__in=rules.pupils_visible_to(person, today))
    link = get_object_or_404(links.select_related("child", "guardian__account"), pk=link_id)
    require(rules.can_give_sheet(person, link.guardian, link.child, today))
    about = f"Élève\u00a0: {link.child.full_name}, {_place(person, link.child, today)}"
    return _drawn(request, link.guardian, about=about, back=_record(link.child))


@signed_in("POST")
def team_sheet(request, mandate_id):
    """To one of the school's team."""
    today, person = localdate(), request.person
    rows = rules.team_visible_to(person, today).select_related("person__account", "school", "classroom__school")
    mandate = get_object_or_404(rows, pk=mandate_id)
    require(rules.can_give_team_sheet(person, mandate, today))
    school = mandate.school or mandate.classroom.school
    back = (reverse("schools:team", args=[school.pk]), "L’équipe")
    return _drawn(request, mandate.person, about=title_of(mandate), back=back)


def offer_sheets(lines, person, school, today):
    """Puts on each of the team whether they may be given a sheet, or why not: for the head alone. A head's own is the
    operator's to give."""
    if not rules.can_keep_register(person, school, today):
        return
    withheld = sheets_withheld(person, (), today, team=[line.person for line in lines])
    for line in lines:
        if all(mandate.role != Role.SCHOOL_HEAD for mandate in line.mandates):
            line.person.sheet = rules.can_give_team_sheet(person, line.mandates[0], today, withheld=withheld)


def _drawn(request, holder, *, about, back, is_pupil=False):
    if sheet_ask_of(holder):  # answered by this sheet: the others that wait are next
        back = _asks()
    account = getattr(holder, "account", None)
    is_shut = account is not None and "shut" in request.POST
    if is_shut:
        secret = people.shut_account(account=account, person=request.person, now=now())
    else:
        secret = people.renew_sheet(holder=holder, person=request.person, now=now())
    page = {
        "sheet": sheet_of(request, holder, secret, about=about, is_pupil=is_pupil), "back": back[0],
        "back_label": back[1], "is_shut": is_shut, "shut": "" if is_shut or not account else request.path,
    }  # fmt: skip
    return render(request, "people/sheet.html", page)


def _asks():
    return reverse("schools:sheet_asks"), "Fiches demandées"


def _record(pupil):
    return reverse("schools:pupil", args=[pupil.pk]), pupil.full_name


def _place(person, pupil, today):
    """« CM2 B, École des Tilleuls »"""
    enrolment = queries.enrolments_of(pupil, schools_worked_in(person, today))[0]
    return ", ".join(str(each) for each in (enrolment.classroom, enrolment.school) if each)
