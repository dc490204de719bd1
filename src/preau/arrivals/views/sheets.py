"""Connection sheets: choose the classes, wait for the job, open the PDF."""

import datetime

from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate, now

from preau.arrivals import actions, forms, queries, rules
from preau.arrivals.models import SheetJob
from preau.arrivals.views.headed import headed_school
from preau.kit.answers import require
from preau.kit.views import pdf_file, signed_in

LATE = datetime.timedelta(minutes=15)  # as long as a job may run (kit.schedule)


@signed_in("GET", "POST")
def sheets_new(request, school_id):
    """Which classes, how on paper; who has a sheet is counted by the query that prints them."""
    today = localdate()
    school = headed_school(request, school_id)
    require(rules.can_print_sheets(request.person, school, today))
    classes = queries.sheets_of_school(school, today)
    chosen = {"classrooms": request.GET.getlist("classe"), "with_pupils": request.GET.get("eleves") == "oui"}
    form = forms.SheetsForm(request.POST if request.method == "POST" else None, classes=classes, initial=chosen)
    if request.method == "POST" and form.is_valid():
        address = request.build_absolute_uri(reverse("first_time"))
        actions.ask_sheets(school=school, address=address, person=request.person, now=now(), **form.cleaned_data)
        return redirect("arrivals:sheets_ready", school_id=school.pk)
    context = {"school": school, "form": form, "classes": classes, "jobs": _jobs(request, school)[:1]}
    return render(request, "arrivals/sheets_new.html", context, status=422 if form.errors else 200)


@signed_in()
def sheets_ready(request, school_id):
    """How far each class is; the list is read again by script, or by a link, while a job runs."""
    school = headed_school(request, school_id)
    jobs = list(_jobs(request, school)[:60])
    late = now() - LATE
    under_way = any(job.is_under_way and job.asked_at > late for job in jobs)
    context = {"school": school, "jobs": jobs, "under_way": under_way, "late": late, "now": now()}
    return render(request, "arrivals/sheets_ready.html", context)


@signed_in()
def sheets_file(request, school_id, job_id):
    """The PDF, to the head alone, never stored on the way."""
    job = _job(request, school_id, job_id)
    require(rules.can_print_sheets(request.person, job.school, localdate()))
    if job.state != SheetJob.State.READY:
        raise Http404
    try:
        with default_storage.open(job.path) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return pdf_file(f"fiches-{slugify(job.classroom.name) or 'classe'}", content, is_private=True)


@signed_in("POST")
def sheets_removal(request, school_id, job_id):
    """Deletes a PDF before its 24 hours."""
    job = _job(request, school_id, job_id)
    require(rules.can_print_sheets(request.person, job.school, localdate()))
    actions.drop_sheets(job=job, person=request.person, now=now())
    return redirect("arrivals:sheets_ready", school_id=school_id)


def _jobs(request, school):
    visible = rules.sheet_jobs_visible_to(request.person, localdate()).filter(school=school)
    return queries.living_sheet_jobs(visible, now())


def _job(request, school_id, job_id):
    visible = rules.sheet_jobs_visible_to(request.person, localdate()).filter(school=school_id)
    return get_object_or_404(queries.living_sheet_jobs(visible, now()).select_related("school"), pk=job_id)
