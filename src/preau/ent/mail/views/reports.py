"""« Signaler », and what becomes of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import UUIDField
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.mail import actions, queries, rules
from preau.ent.mail.forms import ClosingForm, ReportForm
from preau.kit.answers import require
from preau.kit.views import first_or_404, press, signed_in, submit
from preau.people.prepared import PreparedFor, one_in
from preau.people.queries import is_child

TAKEN = "C’est noté\u00a0: vous vous en occupez, et la personne qui a signalé le voit."
CLOSED = "C’est noté\u00a0: la personne qui a signalé lit votre réponse."
REPORTED = _("Signalement envoyé. Sa suite se lit ici.")

MESSAGES = one_in(rules.messages_visible_to, "conversation__school__city", "author")
REPORTS = one_in(rules.reports_visible_to, "school__city", "reporter", "about", "taken_by")
JOINED = PreparedFor(  # what is joined to a message
    lambda person, today, message: rules.message_files_visible_to(person, today).filter(message=message).order_by("id"),
    UUIDField,
)


@signed_in("GET", "POST", is_family=True)
def report_create(request, message_id):
    """Why, to whom it goes, and who can be called at once."""
    person, today = request.person, localdate()
    message = first_or_404(MESSAGES.rows(person, today, message_id))
    require(rules.can_report(person, message, today, is_read=True))
    form = ReportForm(request.POST if request.method == "POST" else None, is_child=is_child(person, today))
    report = submit(
        request, form, lambda **said: actions.report_message(person=person, message=message, now=now(), **said)
    )
    if report:
        messages.success(request, gettext(REPORTED))
        return redirect("mail:report", report_id=report.pk)
    return render(
        request, "mail/report_new.html", {"form": form, "message": message}, status=422 if form.errors else 200
    )


@signed_in(is_family=True)
def report_list(request):
    """Those one made, and those one receives."""
    person, today = request.person, localdate()
    rows = queries.report_list(rules.reports_visible_to(person, today))
    page = Paginator(rows, queries.PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/reports.html", {"page": page, "now": now()})


@signed_in("GET", "POST", is_family=True)
def report_detail(request, report_id):
    """The message as it stood, where its report is; who receives it closes it with what was done."""
    person, today, report = request.person, localdate(), _report(request, report_id)
    may = rules.can_handle_report(person, report, today)
    if request.method == "POST":
        require(may)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if submit(
        request, form, lambda answer: actions.close_report(person=person, report=report, answer=answer, now=now())
    ):
        messages.success(request, CLOSED)
        return redirect("mail:report", report_id=report.pk)
    files = JOINED.rows(person, today, report.message_id) if may and report.message_id else []
    context = {"report": report, "may": may, "form": form, "files": files, "now": now()}
    return render(request, "mail/report.html", context, status=422 if form.errors else 200)


@signed_in("POST")
def taking_create(request, report_id):
    """« Je m’en occupe »."""
    report = _report(request, report_id)
    require(rules.can_handle_report(request.person, report, localdate()))
    press(request, lambda: actions.take_report(person=request.person, report=report, now=now()), TAKEN)
    return redirect("mail:report", report_id=report.pk)


def _report(request, report_id):
    return first_or_404(REPORTS.rows(request.person, localdate(), report_id))
