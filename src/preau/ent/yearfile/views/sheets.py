"""The way on paper: sheets printed, sheets that came back; certificates looked at."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.yearfile import actions, files, papers, rules
from preau.ent.yearfile.forms import RefusalForm, SheetForm
from preau.ent.yearfile.views.following import classroom_followed
from preau.kit.answers import Conflict, require
from preau.kit.dates import weekday_text
from preau.kit.files import send_given
from preau.kit.views import pdf_file, press, signed_in, submit
from preau.media.queries import given_to
from preau.people.languages import WRITTEN
from preau.schools.models import Enrolment

BACK = "La fiche de {} pour {} est notée."
ACCEPTED = "L’attestation de {} est notée pour l’année, puis effacée."
REFUSED = "L’attestation de {} est effacée\u00a0: sa famille lit pourquoi, et en envoie une autre."


@signed_in("POST")
def sheets_create(request, classroom_id):
    """One page for each guardian and child who lacks something."""
    classroom = classroom_followed(request, classroom_id)
    moment = now()
    try:
        printed = actions.print_sheets(person=request.person, classroom=classroom, now=moment)
    except Conflict as conflict:
        messages.error(request, conflict.reason)
        return redirect("yearfile:classroom_files", classroom_id=classroom.pk)
    due = weekday_text(printed[0][2].opening.due_on)
    sheets = [
        papers.sheet(
            school=str(classroom.school),
            child=pupil.full_name,
            guardian=line.name,
            items=line.missing,
            due=due,
            address=request.build_absolute_uri(reverse("yearfile:sheet_return", args=[year_file.pk])),
            language=_language(line.link.guardian),
        )
        for pupil, line, year_file in printed
    ]
    pdf = papers.draw(sheets, title=f"Dossiers de rentrée, {classroom.name}", now=moment)
    return pdf_file("dossiers-de-rentree", pdf)


@signed_in("GET", "POST")
def sheet_return(request, year_file_id):
    """What the QR code of a sheet opens: what the family wrote is noted."""
    person, today = request.person, localdate()
    rows = rules.files_followed_by(person, today).select_related("guardian", "child", "opening")
    year_file = get_object_or_404(rows, pk=year_file_id)
    require(rules.can_note_paper(person, year_file, today))
    form = SheetForm(request.POST or None, contacts=year_file.guardian.contacts.order_by("kind", "id"))

    def write(**_):
        return actions.return_sheet(person=person, year_file=year_file, now=now(), **form.said())

    if submit(request, form, write):
        messages.success(request, BACK.format(year_file.guardian.formal_name, year_file.child.first_name))
        return _to_class(year_file)
    context = {"year_file": year_file, "form": form}
    return render(request, "yearfile/sheet_return.html", context, status=422 if form.errors else 200)


@signed_in()
def certificate_file(request, certificate_id):
    """What a guardian sent."""
    given = given_to(rules.certificates_visible_to, request.person, certificate_id)
    return send_given(request, files.CERTIFICATE, certificate_id, given)


@signed_in("POST")
def certificate_accept(request, certificate_id):
    """It is good: noted, then erased."""
    certificate = _certificate(request, certificate_id)
    said = ACCEPTED.format(certificate.year_file.child.full_name)
    write = {"person": request.person, "certificate": certificate, "now": now()}
    press(request, lambda: actions.accept_certificate(**write), said)
    return _to_class(certificate.year_file)


@signed_in("POST")
def certificate_refuse(request, certificate_id):
    """It is not the right one."""
    certificate, form = _certificate(request, certificate_id), RefusalForm(request.POST)
    write = {"person": request.person, "certificate": certificate, "now": now()}
    if submit(request, form, lambda why: actions.refuse_certificate(why=why, **write)):
        messages.success(request, REFUSED.format(certificate.year_file.child.full_name))
    else:
        messages.error(request, "Dites en une ligne pourquoi elle ne convient pas.")
    return _to_class(certificate.year_file)


def _certificate(request, certificate_id):
    person, today = request.person, localdate()
    rows = rules.certificates_visible_to(person, today).select_related("year_file__child")
    certificate = get_object_or_404(rows, pk=certificate_id)
    require(rules.can_note_paper(person, certificate.year_file, today))
    return certificate


def _language(guardian):
    return guardian.reading_language if guardian.reading_language in WRITTEN else ""


def _to_class(year_file):
    here = Enrolment.objects.current(localdate()).filter(pupil=year_file.child_id, school=year_file.opening.school_id)
    classroom_id = here.values_list("classroom", flat=True).first()
    if classroom_id is None:
        return redirect("yearfile:school_files", school_id=year_file.opening.school_id)
    return redirect("yearfile:classroom_files", classroom_id=classroom_id)
