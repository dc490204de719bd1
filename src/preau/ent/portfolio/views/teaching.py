"""The notebooks of a class, for its adults."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from preau.ent.portfolio import queries, rules
from preau.ent.portfolio.models import Page, name_of
from preau.kit.answers import require
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, signed_in
from preau.spaces.rules.single import space_entered

WAITING = 12  # pages to read over that are shown at once


@signed_in()
def classroom_notebooks(request, classroom_id):
    """What waits to be read over, then each pupil with the day of their last page."""
    person, today = request.person, localdate()
    classroom = first_or_404(space_entered(person, "classroom", classroom_id, today, "school__city"))
    require(rules.can_keep_notebooks(person, classroom, today))
    pages = rules.pages_visible_to(person, today).filter(classroom=classroom)
    in_hand = queries.shown(pages.filter(state__in=(Page.State.WAITING, Page.State.DRAFT)))
    waiting = [one for one in in_hand if one.page.state == Page.State.WAITING]
    context = {
        "classroom": classroom, "lines": queries.grid(classroom, pages, today), "waiting": waiting[:WAITING],
        "more_count": max(len(waiting) - WAITING, 0), "is_nursery": queries.asks_domains(classroom),
        "drafts": [one for one in in_hand if one not in waiting][:WAITING],
        "tabs": tabs(person, classroom, today),
    }  # fmt: skip
    return render(request, "portfolio/classroom_notebooks.html", context)


@signed_in()
def notebook(request, notebook_id):
    """The notebook of a pupil of the class, a school year at a time."""
    person, today = request.person, localdate()
    child = get_object_or_404(rules.notebooks_visible_to(person, today), pk=notebook_id)
    enrolment = child.enrolled = queries.enrolment_of(child, today)
    require(rules.can_write_about(person, child, today))
    pages = rules.pages_visible_to(person, today).filter(child=child)
    years, year = read_year(request, pages)
    found = queries.shown(pages.filter(school_year=year))
    for one in found:
        one.page.child = child  # its place is read once
        one.allowed = allowed(person, one.page, today)
    context = {
        "child": child, "enrolment": enrolment, "name": name_of(queries.level_of(enrolment)), "pages": found,
        "years": years, "year": year,
        "tabs": tabs(person, enrolment.classroom, today),
    }  # fmt: skip
    return render(request, "portfolio/notebook.html", context)


def tabs(person, classroom, today):
    """Those of the class, in every page of its notebooks."""
    here = reverse("portfolio:classroom_notebooks", args=[classroom.pk])
    return tabs_of("classroom", classroom, person=person, today=today, path=here)


def read_year(request, pages):
    """(school years that have a page, the one asked for or the newest)."""
    years = queries.years_of(pages)
    asked = request.GET.get("annee", "")
    return years, asked if asked in years else years[0] if years else ""


def allowed(person, page, today):
    """What the reader may do with a page."""
    return {
        "change": rules.can_change_page(person, page, today),
        "propose": rules.can_propose_page(person, page, today),
        "approve": rules.can_approve_page(person, page, today),
        "send_back": rules.can_return_page(person, page, today),
        "withdraw": rules.can_withdraw_page(person, page, today),
        "restore": rules.can_restore_page(person, page, today),
        "discard": rules.can_discard_page(person, page, today),
    }
