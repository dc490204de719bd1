"""The lines of the city's file that a school says whose they are."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.afterschool import actions, forms, queries, rules
from preau.kit.answers import require
from preau.kit.prepared import PreparedOf
from preau.kit.views import press, signed_in

PAGE = 20
CANDIDATES = PreparedOf(queries.candidates_in, maxsize=2)
UNCHOSEN = "Rien n’est choisi\u00a0: choisissez l’élève, ou laissez la ligne de côté."


@signed_in()
def school_lines(request, school_id):
    """Each line that nobody answered for, and the pupils of the school to choose from."""
    today = localdate()
    school = get_object_or_404(rules.schools_with_days_for(request.person, today), pk=school_id)
    require(rules.can_read_school_day(request.person, school, today))
    lines = rules.lines_visible_to(request.person, today)
    page = Paginator(queries.lines_to_match(lines, school), PAGE).get_page(request.GET.get("page"))
    pupils = CANDIDATES.rows(school.pk, key=(today,)) if len(page) else []
    likely = queries.likely_children(list(page), pupils)
    rows = [(line, likely[line.pk]) for line in page]
    answers = queries.answers_in(lines, school)
    context = {"school": school, "page": page, "rows": rows, "pupils": pupils, "answers": answers}
    return render(request, "afterschool/school_lines.html", context)


@signed_in("POST")
def match(request, service_line_id):
    """« C’est cet élève »"""
    line, form = _line(request, service_line_id), forms.MatchForm(request.POST)
    enrolment = None
    if form.is_valid():
        pupils = queries.candidates_in(line.school_id, localdate())
        enrolment = pupils.filter(pupil=form.cleaned_data["child"]).first()
    if enrolment is None:
        messages.error(request, UNCHOSEN)
    else:
        act = partial(actions.match_line, line=line, child=enrolment.pupil, person=request.person, now=now())
        said = f"{line.names}\u00a0: c’est {enrolment.pupil.full_name}. La réponse vaut pour les prochains fichiers."
        press(request, act, said)
    return redirect("afterschool:school_lines", line.school_id)


@signed_in("POST")
def aside(request, service_line_id):
    """« Pas un élève de l’école »"""
    line = _line(request, service_line_id)
    act = partial(actions.set_line_aside, line=line, person=request.person, now=now())
    press(request, act, f"{line.names}\u00a0: la ligne est laissée de côté.")
    return redirect("afterschool:school_lines", line.school_id)


@signed_in("POST")
def answer_withdrawal(request, service_line_id):
    """« Revenir en arrière »"""
    line = _line(request, service_line_id)
    act = partial(actions.take_back_answer, line=line, person=request.person, now=now())
    press(request, act, f"{line.names}\u00a0: votre réponse est reprise, la ligne attend de nouveau.")
    return redirect("afterschool:school_lines", line.school_id)


def _line(request, service_line_id):
    lines = rules.lines_visible_to(request.person, localdate()).select_related("school__city")
    line = get_object_or_404(lines, pk=service_line_id)
    require(rules.can_match(request.person, line, localdate()))
    return line
