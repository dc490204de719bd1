"""The standard kits, with what each does of the préconisations: the city's act beside the State's."""

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import chosen_by_slug, signed_in
from preau.plan.equipment.models import SiteKind, StandardKit
from preau.plan.equipment.queries import current_kits
from preau.plan.equipment.rules import can_write_plan, kits_read_in
from preau.plan.priorities import queries, rules


def _with_advice(request, city, kits):
    """Each with `advised`, what it does of the préconisations in sight."""
    signed = rules.recommendations_visible_to(request.person, localdate()).filter(city=city)
    found = queries.answers_by_kit(kits, signed)
    for kit in kits:
        kit.advised = found.get(kit.pk, ())
    return kits


@signed_in()
def kit_list(request):
    """The kit in force for each kind of school, whole; the other versions, each at its own address."""
    today = localdate()
    city, _ = chosen_by_slug(request, kits_read_in(request.person, today))
    context = {
        "city": city,
        "kits": _with_advice(request, city, current_kits(city, today)),
        "others": [version for version in queries.kit_versions(city, today) if not version.is_current],
        "kinds": SiteKind.choices,
        "may_write": can_write_plan(request.person, city, today),
    }
    return render(request, "priorities/kit_list.html", context)


@signed_in()
def kit_detail(request, kit_id):
    """One version, for ever the same, and those before and after it."""
    today = localdate()
    visible = StandardKit.objects.filter(city__in=kits_read_in(request.person, today)).select_related("city")
    kit = get_object_or_404(visible.prefetch_related("lines"), id=kit_id)
    versions = [each for each in queries.kit_versions(kit.city, today) if each.kit.school_kind == kit.school_kind]
    context = {
        "kit": _with_advice(request, kit.city, [kit])[0],
        "version": next(each for each in versions if each.kit == kit),
        "versions": versions,
    }
    return render(request, "priorities/kit_detail.html", context)
