"""The standard kits, with what each does of the préconisations: the city's act beside the State's."""

from django.shortcuts import render
from django.utils.timezone import localdate

from preau.kit.views import chosen_by_slug, signed_in
from preau.plan.equipment.models import SiteKind
from preau.plan.equipment.queries import current_kits, kits_of
from preau.plan.equipment.rules import can_write_plan, kits_visible_in
from preau.plan.priorities import queries, rules


@signed_in()
def kit_list(request):
    """Every version of the standard kit, the ones in force first."""
    today = localdate()
    city, _ = chosen_by_slug(request, kits_visible_in(request.person, today))
    kits = list(kits_of(city))
    signed = rules.recommendations_visible_to(request.person, today).filter(city=city)
    advised = queries.answers_by_kit(kits, signed)
    for kit in kits:
        kit.advised = advised.get(kit.pk, ())
    context = {
        "city": city,
        "kits": kits,
        "current": {kit.id for kit in current_kits(city, today)},
        "kinds": SiteKind.choices,
        "may_write": can_write_plan(request.person, city, today),
    }
    return render(request, "priorities/kit_list.html", context)
