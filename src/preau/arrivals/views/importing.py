"""ONDE files: drop them, read what would change, answer, apply, undo."""

import datetime
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.arrivals import actions, forms, queries, rules
from preau.arrivals.models import Upload
from preau.arrivals.views.headed import headed_school
from preau.kit.answers import require
from preau.kit.batches import CannotUndo
from preau.kit.bodies import of_files
from preau.kit.money import NBSP
from preau.kit.views import press, signed_in, submit

PAGE = 30
UNDO = datetime.timedelta(days=30)


@signed_in("GET", "POST", takes=of_files(forms.MOST_FILES))
def start(request, school_id):
    """Drop the files; the files that wait, and what was brought before."""
    today, moment = localdate(), now()
    school = headed_school(request, school_id)
    require(rules.can_import_files(request.person, school, today))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.FilesForm(*sent, years=queries.sheets_years(today))
    if request.method == "POST" and form.is_valid():
        files = [actions.IncomingFile(file.name, file.read()) for file in form.cleaned_data["files"]]
        upload = actions.receive_files(
            school=school, files=files, person=request.person, now=moment, school_year=form.cleaned_data["school_year"]
        )
        return redirect("arrivals:files", school_id=school.pk, upload_id=upload.pk)
    context = {
        "school": school, "form": form, "waiting": queries.uploads_waiting(school, moment).first(), "now": moment,
        "batches": Paginator(queries.batches_of(school), PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "arrivals/start.html", context, status=422 if form.errors else 200)


@signed_in()
def files(request, school_id, upload_id):
    """Every difference with its reason; nothing is written yet."""
    upload = upload_to_read(request, school_id, upload_id)
    if upload.state == Upload.State.APPLIED:
        return redirect("arrivals:batch", school_id=school_id, batch_id=upload.batch_id)
    if upload.state == Upload.State.DROPPED or upload.received_at <= now() - queries.KEPT:
        messages.error(request, actions.GONE)
        return redirect("arrivals:start", school_id=school_id)
    options = {name: request.GET.get(name) == "1" for name in ("complete", "set_aside")}
    comparison, base, decisions = queries.look_at_upload(upload, localdate(), **options)
    rows = queries.rows_of(comparison)
    unknown = {file.name for file in comparison.files if not file.lines}
    told = [problem for problem in comparison.problems if problem.line is None or problem.file in unknown]
    group = request.GET.get("voir", queries.ALL)
    group = group if group in queries.GROUPS else queries.ALL
    context = {
        "school": upload.school, "upload": upload, "comparison": comparison, "options": options, "group": group,
        "groups": [(key, label, rows.counts[key]) for key, label in queries.GROUPS.items()],
        "rows": Paginator(rows.of(group), PAGE).get_page(request.GET.get("page")),
        "seen": queries.print_of(comparison),
        "answers": [each for each in decisions if each.is_answer and each.decided_at >= upload.received_at][:20],
        "births": queries.births_answered(comparison),
        "file_problems": told, "blocked": any(problem.blocks for problem in told),
    }  # fmt: skip
    return render(request, "arrivals/files.html", context | _question(request, comparison, base))


@signed_in("POST")
def answer(request, school_id, upload_id):
    """« C’est la même », « ce sont deux »: remembered for the next files too."""
    upload = upload_to_read(request, school_id, upload_id)
    if "choice" in request.POST:
        return _answer_birth(request, upload)
    form = forms.AnswerForm(request.POST)
    question = None
    if form.is_valid() and upload.state == Upload.State.RECEIVED:
        comparison = queries.compare_upload(upload, localdate(), set_aside=True)
        question = comparison.question(form.cleaned_data["key"])
    if question is None:
        messages.error(request, actions.NO_MORE)
    else:
        actions.decide(
            school=upload.school,
            question=question,
            same=form.cleaned_data["same"] == "oui",
            person=request.person,
            now=now(),
        )
    return _back(request, upload)


def _answer_birth(request, upload):
    form = forms.BirthForm(request.POST, today=localdate())

    def write(key, answer, **_):
        actions.answer_birth(upload=upload, key=key, answer=answer, person=request.person, now=now())

    if not submit(request, form, write):
        for error in [each for errors in form.errors.values() for each in errors]:
            messages.error(request, error)
    return _back(request, upload)


@signed_in("POST")
def answer_taken_back(request, school_id, upload_id, decision_id):
    """The question is asked again."""
    upload = upload_to_read(request, school_id, upload_id)
    answers = rules.decisions_visible_to(request.person, localdate()).filter(school=upload.school)
    decision = get_object_or_404(answers, pk=decision_id)
    actions.ask_again(decision=decision, person=request.person, now=now())
    return _back(request, upload)


@signed_in("POST")
def application(request, school_id, upload_id):
    """« Appliquer 18 changements »: those that were read, or they are shown again."""
    upload = upload_to_read(request, school_id, upload_id)
    form = forms.ApplyForm(request.POST)
    form.is_valid()
    read = {"seen": form.cleaned_data.get("seen", ""), "even_if_many": form.cleaned_data["even_if_many"]}
    options = {name: form.cleaned_data[name] for name in ("complete", "set_aside")}
    if upload.state == Upload.State.DROPPED:
        return _back(request, upload, options)
    apply = partial(actions.apply_upload, upload=upload, person=request.person, now=now(), **read, **options)
    batch = press(request, apply)
    if batch is None:
        return _back(request, upload, options)
    return redirect("arrivals:batch", school_id=school_id, batch_id=batch.pk)


@signed_in("POST")
def removal(request, school_id, upload_id):
    """The files are given up and deleted."""
    upload = upload_to_read(request, school_id, upload_id)
    if upload.state == Upload.State.RECEIVED:
        actions.drop_upload(upload=upload, person=request.person, now=now())
        messages.success(
            request,
            f"{upload.school.shown_name}{NBSP}: les fichiers sont supprimés, sans avoir servi. Rien n’a changé.",
        )
    return redirect("arrivals:start", school_id=school_id)


@signed_in()
def batch(request, school_id, batch_id):
    """What was applied, and the way back."""
    return _batch_page(request, _batch(request, school_id, batch_id), headed_school(request, school_id))


@signed_in("POST")
def undoing(request, school_id, batch_id):
    """Puts the school back as it was, or says what stands in the way."""
    school, found = headed_school(request, school_id), _batch(request, school_id, batch_id)
    require(rules.can_undo_batch(request.person, school, localdate()))
    try:
        actions.undo_batch(batch_id=found.pk, person=request.person, now=now())
    except CannotUndo as refused:
        return _batch_page(request, found, school, queries.in_the_way(found, refused))
    messages.success(request, f"{school.shown_name}{NBSP}: l’import est annulé. L’école est comme avant.")
    return redirect("arrivals:batch", school_id=school_id, batch_id=batch_id)


def _batch_page(request, found, school, in_way=()):
    aside_count, aside = queries.told_aside(found)
    counted = ((label, found.counts.get(kind, {})) for kind, label in queries.KIND_WORDS.items())
    counts = [(label, count) for label, count in counted if any(count.values())]  # of the others the files say nothing
    context = {
        "school": school, "batch": found, "counts": counts, "in_way": in_way,
        "aside_count": aside_count, "aside": aside,
        "is_stuck": any(not one.mend for one in in_way),
        "is_undoable": not found.undone_at and found.applied_at > now() - UNDO,
    }  # fmt: skip
    return render(request, "arrivals/batch.html", context, status=422 if in_way else 200)


def _question(request, comparison, base):
    """One question at a time; « Je décide plus tard » is a link to the next."""
    count = len(comparison.questions)
    if not count:
        return {"question": None, "questions_count": 0}
    asked = request.GET.get("question", "1")
    number = int(asked) if asked.isdecimal() and 1 <= int(asked) <= count else 1
    return {
        "question": queries.shown_question(comparison.questions[number - 1], comparison, base),
        "question_number": number,
        "questions_count": count,
        "question_next": number % count + 1,
    }


def _back(request, upload, options=None):
    """To the comparison, as it was being looked at."""
    kept = options or {name: request.POST.get(name) == "1" for name in ("complete", "set_aside")}
    query = "&".join(f"{name}=1" for name, chosen in kept.items() if chosen)
    answered = redirect("arrivals:files", school_id=upload.school_id, upload_id=upload.pk)
    if query:
        answered["Location"] += f"?{query}"
    return answered


def upload_to_read(request, school_id, upload_id):
    """Of a school that the person heads."""
    uploads = rules.uploads_visible_to(request.person, localdate()).filter(school=school_id)
    upload = get_object_or_404(uploads.select_related("school"), pk=upload_id)
    require(rules.can_import_files(request.person, upload.school, localdate()))
    return upload


def _batch(request, school_id, batch_id):
    batches = rules.batches_visible_to(request.person, localdate()).filter(scope=f"school:{school_id}")
    return get_object_or_404(batches, pk=batch_id)
