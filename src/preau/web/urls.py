"""Every address of Préau: web assembles the rooms' own tables, each with its own French paths."""

from django.urls import include, path

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
    path("", include("preau.plan.equipment.urls")),
    path("", include("preau.insight.usage.urls")),
    path("", include("preau.insight.steering.urls")),
    path("", include("preau.privacy.urls")),
]
