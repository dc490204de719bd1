"""A file read: the list of each role, the page, the locked copies and what changed between them."""

from functools import lru_cache

from django.core.paginator import Paginator
from django.db.models import Q, UUIDField
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.prepared import one_of_asked
from preau.kit.views import pdf_file, signed_in, table_file
from preau.people.prepared import PreparedFor
from preau.plan.applications import forms, printing, queries, rules
from preau.plan.applications.models import OVER, SECTIONS, Authority, Message, Opinion, State, Submission
from preau.plan.applications.views.loading import file_in_sight, known_of

BY_PAGE = 50
FILTERS = (
    ("", "En cours"),
    ("avis", "À l’avis"),
    ("retard", "En retard"),
    ("ecole", "Chez l’école"),
    ("fin", "Closes"),
)
AT_SCHOOL = (State.DRAFT, State.CHANGES_REQUESTED, State.REOPENED)
UNDER_REVIEW = (State.SUBMITTED, State.INSPECTOR_REVIEW, State.STATE_REVIEW)
COLUMNS = ("École", "UAI", "Appel", "Projet", "État", "Depuis le", *(a.label for a in Authority))


def _files(request, today):
    """The files in sight, narrowed by `?etat=`."""
    person = request.person
    files = rules.applications_visible_to(person, today)
    state = request.GET.get("etat", "")
    if state in ("avis", "retard"):
        narrowed = files.filter(state__in=UNDER_REVIEW)
        if state == "retard":
            narrowed = narrowed.filter(id__in=Opinion.objects.awaited().filter(due_on__lt=today).values("application"))
    elif state == "ecole":
        narrowed = files.filter(state__in=AT_SCHOOL)
    elif state == "fin":
        narrowed = files.filter(state__in=OVER)
    else:
        narrowed = files if state == "tout" else files.exclude(state__in=OVER)
    return state, queries.listed(narrowed, rules.of_titled(person, today))


def _lines(person, rows, today):
    """Of these files, with what their opinions say to the person; one query, kept for as many files as a page has."""
    ids = [row[0] for row in rows]
    if 0 < len(ids) <= BY_PAGE:
        said = _said_of(len(ids)).rows(person, today, *ids)
    else:
        said = queries.said_of(Q(application__in=ids), rules.opinions_visible_to(person, today))
    return queries.list_lines(rows, queries.said_among(said, today))


@lru_cache(maxsize=BY_PAGE)
def _said_of(count):
    def build(person, today, *_):
        return queries.said_of(one_of_asked("application", count), rules.opinions_visible_to(person, today))

    return PreparedFor(build, *[UUIDField] * count)


def _only_for_readers(person, today):
    if not rules.schools_in_reach(person, today).exists():
        raise Http404


@signed_in()
def application_list(request):
    """My school's files; the district's, the city's, the département's: where each is, since when."""
    today = localdate()
    state, rows = _files(request, today)
    page = Paginator(rows, BY_PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count:  # who reads one has its school in reach
        _only_for_readers(request.person, today)
    context = {
        "page": page, "lines": _lines(request.person, list(page.object_list), today), "state": state,
        "filters": FILTERS, "holds_a_pen": rules.holds_a_pen(request.person, today), "now": now(),
    }  # fmt: skip
    return render(request, "applications/application_list.html", context)


@signed_in()
def application_export(request, extension):
    """The same list as a table."""
    today = localdate()
    _only_for_readers(request.person, today)
    _, rows = _files(request, today)
    table = []
    for line in _lines(request.person, list(rows), today):
        says = {opinion.authority: opinion.says for opinion in line.opinions}
        table.append(
            (
                line.school_name,
                line.uai,
                line.call_title,
                line.title or "",
                line.state_label,
                localdate(line.since),
                *(says.get(authority, "") for authority in Authority),
            )
        )
    return table_file(f"candidatures-{today}", extension, COLUMNS, table)


@signed_in()
def application_detail(request, application_id):
    """One file: where it is, the project, the opinions, what is said, what one may do."""
    file = file_in_sight(request, application_id)
    person, today = request.person, localdate()
    opinions = queries.opinion_lines(file, rules.opinions_visible_to(person, today), today)
    copies = list(file.copies.select_related("submitted_by").order_by("-number")) if file.copies_count else []
    said = list(rules.messages_visible_to(person, file, today).select_related("author").order_by("sent_at", "id"))
    sections = rules.sections_visible_to(person, file, today)
    is_team = rules.is_team(person, file.school, today)
    is_waiting = any(line.is_awaited or line.is_late for line in opinions)
    unheld = rules.pens_unheld(file.school, today) if is_waiting else ()
    context = {
        "file": file, "opinions": opinions, "copies": copies, "said": said, "is_team": is_team, "now": now(),
        "summary": queries.summary_of(file, opinions, copies[0] if copies else None),
        "unheld": unheld, "turn": queries.turn_of(file, opinions, unheld), "steps": queries.steps_of(file, opinions),
        "events": queries.log_of(file, copies, opinions, said), "is_technical": sections is not None,
        "lines": queries.lines_of(copies[0].content, sections) if copies and sections else (),
        "pieces": queries.pieces_of(copies[0].content, sections) if copies else (),
        "progress": queries.sections_progress(file, today) if is_team and file.is_editable else (),
        "earlier": _earlier(person, file), "asked": _asked(file, said), "left": _left(request, file),
        "message_form": forms.TextForm(label="Votre message"), **_acts(person, file, today),
    }  # fmt: skip
    context["pens"] = _pens(person, file, opinions, today)
    return render(request, "applications/application_detail.html", context)


def _left(request, file):
    """[(address, what is written there)] of this file, where what the person typed waits to be saved."""
    here = reverse("applications:application_detail", args=[file.id])
    paths = [path for path in request.left_at() if path.startswith(here)]
    return [(path, SECTIONS.get(path.strip("/").rpartition("/")[2], "")) for path in paths]


def _asked(file, said):
    """What the school is asked to change, while it does: said first, not at the foot of the page."""
    asked = [message for message in said if message.kind == Message.Kind.CHANGE_REQUEST]
    return asked[-1] if asked and file.state == State.CHANGES_REQUESTED else None


def _earlier(person, file):
    """The file of another year to begin from; None when there is none, or it is too late."""
    if file.state != State.DRAFT or file.taken_from_id:
        return None
    earlier = queries.file_to_take_up(file)
    return earlier if rules.can_take_up(person, file, earlier, now()) else None


def _acts(person, file, today):
    """What this person may do now: a button for each yes."""
    instant = now()
    return {
        "may_edit": rules.can_edit_application(person, file, instant),
        "may_submit": rules.can_submit_application(person, file, instant),
        "may_withdraw": rules.can_withdraw_application(person, file, today),
        "may_reopen": rules.can_reopen_application(person, file, instant),
        "may_close": rules.can_close_application(person, file, today),
        "may_request_changes": rules.can_request_changes(person, file, today),
        "may_open_review": rules.can_open_inspector_review(person, file, today),
        "may_say": rules.can_write_message(person, file, today),
        "may_note": bool(rules.authorities_of(person, file.school, today)),
    }


def _pens(person, file, opinions, today):
    """{opinion id: set of acts} without one more read: what each opinion lets this person do."""
    found, copy = {}, Submission(number=file.copies_count)
    for line in opinions:
        bare = Opinion(
            id=line.id,
            application=file,
            submission=copy,
            authority=line.authority,
            due_on=line.due_on,
            given_at=line.given_at,
            verdict=line.verdict,
            is_confidential=line.is_confidential,
            released_at=line.released_at,
            lifted_at=line.lifted_at,
        )
        found[line.id] = {
            "give": rules.can_give_opinion(person, bare, today),
            "extend": rules.can_extend_opinion(person, bare, today),
            "release": not line.released_at and rules.can_release_opinion(person, bare, today),
            "lift": rules.can_lift_reservations(person, bare, today),
        }
    return found


def _copy(file, number):
    if not number.isdigit():
        raise Http404
    return get_object_or_404(file.copies.select_related("submitted_by"), number=int(number))


@signed_in()
def application_copy(request, application_id, use_told_of):
    """A whole copy, line by line, the last unless `?copie=`; its own team reads its draft before any."""
    file = file_in_sight(request, application_id)
    person, today = request.person, localdate()
    sections = rules.sections_visible_to(person, file, today)
    number = request.GET.get("copie", "")
    copy = _copy(file, number) if number else queries.last_copy(file)
    content = copy.content if copy else queries.content_of(file, known_of(file.school, use_told_of))
    opinions = ()
    if copy:
        opinions = queries.opinion_lines(file, rules.opinions_visible_to(person, today), today, copy.number)
    context = {
        "file": file, "copy": copy, "lines": queries.lines_of(content, sections), "opinions": opinions,
        "pieces": queries.pieces_of(content, sections),
        "numbers": range(1, file.copies_count + 1),
    }  # fmt: skip
    return render(request, "applications/application_copy.html", context)


@signed_in()
def application_pdf(request, application_id, use_told_of):
    """The last locked copy on paper, its digest on each page; the draft says it is one."""
    file = file_in_sight(request, application_id)
    person, today = request.person, localdate()
    copy = queries.last_copy(file)
    content = copy.content if copy else queries.content_of(file, known_of(file.school, use_told_of))
    sections = rules.sections_visible_to(person, file, today)
    lines, pieces = queries.lines_of(content, sections), queries.pieces_of(content, sections)
    opinions = queries.opinion_lines(file, rules.opinions_visible_to(person, today), today)
    data = printing.draw(file=file, copy=copy, lines=lines, pieces=pieces, opinions=opinions, now=now())
    return pdf_file(f"candidature-{file.school.slug}", data, to_keep=True)


@signed_in()
def application_changes(request, application_id):
    """What changed between two locked copies, the last two unless `?de=` and `?a=`."""
    file = file_in_sight(request, application_id)
    if file.copies_count < 2:
        raise Http404
    after = _copy(file, request.GET.get("a", str(file.copies_count)))
    before = _copy(file, request.GET.get("de", str(max(1, after.number - 1))))
    sections = rules.sections_visible_to(request.person, file, localdate())
    context = {
        "file": file, "before": before, "after": after,
        "changes": queries.differences(before.content, after.content, sections),
    }  # fmt: skip
    return render(request, "applications/application_changes.html", context)
