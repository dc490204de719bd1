"""From an address to what the head may change; the same for every view that writes."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.answers import require
from preau.kit.views import form_page
from preau.people.sheets import sheet_of
from preau.schools import rules
from preau.schools.models import Guardianship

form_page = partial(form_page, template="schools/form.html")


def school_to_keep(request, school_id):
    """The school, for its head; 404 for who does not serve there, 403 for who does."""
    today = localdate()
    school = get_object_or_404(rules.schools_visible_to(request.person, today).select_related("city"), pk=school_id)
    require(rules.can_keep_register(request.person, school, today))
    return school


def pupil_to_change(request, pupil_id):
    """The pupil and the newest enrolment in the head's school."""
    today = localdate()
    pupil = get_object_or_404(rules.pupils_visible_to(request.person, today), pk=pupil_id)
    require(rules.can_change_pupil(request.person, pupil, today))
    return pupil, newest_enrolment(request, pupil, today)


def newest_enrolment(request, pupil, today):
    """Of a pupil in sight, in the head's school."""
    schools = rules.schools_headed_by(request.person, today)
    enrolments = pupil.enrolments.filter(school__in=schools).select_related("school", "classroom")
    return enrolments.order_by("-starts_on", "-id")[0]


def link_to_change(request, link_id, *, ended=False):
    """A guardianship of a pupil of the head's school; a decision may be about one that ended."""
    today = localdate()
    links = Guardianship.objects.filter(child__in=rules.pupils_visible_to(request.person, today))
    links = links if ended else links.filter(ends_on=None)
    link = get_object_or_404(links.select_related("child", "guardian"), pk=link_id)
    require(rules.can_change_guardians(request.person, link.child, today))
    return link


def sheet_page(request, mandate, secret, back, back_label):
    """The code is shown now and never again."""
    sheet = sheet_of(request, mandate.person, secret, mandate)
    return render(request, "people/sheet.html", {"sheet": sheet, "back": back, "back_label": back_label})
