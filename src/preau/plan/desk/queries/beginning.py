"""Where a plan that has not begun begins: nothing waits for anybody before the first call."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef

from preau.plan.ambitions.models import Ambition
from preau.plan.applications.models import Call, FormRevision
from preau.plan.applications.rules import cities_managed_by


class FirstStep(NamedTuple):
    """What is to be done first, where, for which city."""

    words: str
    url_name: str
    slug: str


def first_step_for(person, today) -> FirstStep | None:
    """For who opens the calls of a city that never had one: its ambitions, then its form, then the call."""
    of_city = {"city": OuterRef("pk")}
    city = (
        cities_managed_by(person, today)
        .annotate(
            has_aims=Exists(Ambition.objects.filter(retired_on=None, **of_city)),
            has_form=Exists(FormRevision.objects.filter(published_at__isnull=False, **of_city)),
            has_called=Exists(Call.objects.filter(**of_city)),
        )
        .filter(has_called=False)
        .first()
    )
    if city is None:
        return None
    if not city.has_aims:
        return FirstStep("Écrire les ambitions du plan", "ambitions:ambition_list", city.slug)
    if not city.has_form:
        return FirstStep("Publier le formulaire des appels", "applications:form_list", city.slug)
    return FirstStep("Ouvrir le premier appel à candidatures", "applications:call_create", city.slug)
