"""From an address to a file, an opinion, a call, a form in sight; the same for every view."""

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from preau.kit.views import chosen_by_slug
from preau.plan.applications import queries, rules
from preau.plan.applications.models import Application, Opinion


def file_in_sight(request, application_id, section=""):
    """The file with its call, form, school, city and district, in one read; 404 out of sight. With a `section`, what is
    kept of it is `kept`, left out when nothing is."""
    rows = rules.applications_visible_to(request.person, localdate())
    rows = rows.select_related("call__form_revision", "school__city", "school__district", "taken_from__call")
    if section:
        rows = rows.annotate(kept=FilteredRelation("sections", condition=Q(sections__section=section)))
        rows = rows.select_related("kept__saved_by")
    chosen = Application.ambitions.through.objects.filter(application=OuterRef("pk"))
    rows = rows.annotate(has_ambitions=Exists(chosen), pieces_count=queries.count_of_pieces())
    return get_object_or_404(rows, id=application_id)


def opinion_in_sight(request, opinion_id):
    """An opinion of a file in sight: the rule then says who may write it."""
    files = rules.applications_visible_to(request.person, localdate())
    rows = Opinion.objects.filter(application__in=files)
    rows = rows.select_related(
        "submission", "application__call__form_revision", "application__school__city", "application__school__district"
    )
    return get_object_or_404(rows, id=opinion_id)


def known_of(school, use_told_of, section=""):
    """What Préau knows of the school; `use_told_of(school)` reads the measure of uses, which lives above the plan."""
    uses = use_told_of(school) if section in ("", "existant") else ""
    return queries.known_about(school, localdate(), section, uses)


def call_in_sight(request, call_id):
    """A call with its city and form."""
    rows = rules.calls_visible_to(request.person, localdate()).select_related("city", "form_revision")
    return get_object_or_404(queries.with_filed_count(rows), id=call_id)


def city_managed(request):
    """The city whose calls the person writes; 404 for anyone else, whom no page leads here."""
    return chosen_by_slug(request, rules.cities_managed_by(request.person, localdate()))[0]
