"""Every address of Préau: web assembles the rooms' own tables, each with its own French paths."""

from django.urls import include, path

from preau.insight.usage.rules import last_weeks_read_by
from preau.plan.desk import urls as desk
from preau.plan.equipment import urls as equipment
from preau.plan.inventory import urls as inventory
from preau.plan.rollouts.actions import receive_class, restore_class
from preau.web.views import choices, health, home, today

urlpatterns = [
    path("", home.home, name="home"),
    path("aujourdhui/", today.today, name="today"),
    path("sante", health.sante, name="sante"),
    path("visage/", choices.face, name="face"),
    path("lecture/", choices.reading, name="reading"),
    path("", include("preau.people.urls")),
    path("", include("preau.schools.urls")),
    path("", include("preau.media.urls")),
    path("", include("preau.arrivals.urls")),
    path("", include("preau.ent.posts.urls")),
    path("", include("preau.ent.portal.urls")),
    path("", include("preau.ent.sites.urls")),
    path("", include("preau.plan.ambitions.urls")),
    path("", include(equipment.patterns(importer="sheets:import_new", receive=receive_class, restore=restore_class))),
    path("", include("preau.plan.sheets.urls")),
    path("", include("preau.plan.premises.urls")),
    path("", include(inventory.patterns(importer="sheets:asset_new"))),
    path("", include("preau.plan.rollouts.urls")),
    path("", include("preau.plan.priorities.urls")),
    path("", include("preau.plan.applications.urls")),
    path("", include("preau.plan.studies.urls")),
    path("", include("preau.plan.governance.urls")),
    path("", include("preau.plan.loans.urls")),
    path("", include("preau.plan.wifi.urls")),
    path("", include("preau.plan.finance.urls")),
    path("", include(desk.patterns(uses_of=last_weeks_read_by))),
    path("", include("preau.insight.usage.urls")),
    path("", include("preau.insight.steering.urls")),
    path("", include("preau.privacy.urls")),
]
