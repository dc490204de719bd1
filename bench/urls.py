"""The product's addresses, then two yardsticks: a bare page and a page with 8 queries as one would first write it.

The plain page passes through the same middleware, reads the session, the account and the sign-in (3 queries),
makes 5 model queries of ordinary size, and formats dates with Django's own filter: about 9 kB of HTML (stack.md §5).
"""

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils.timezone import localdate

from preau.demo import cast
from preau.people.models import Mandate
from preau.places.models import Classroom, School
from preau.schools.models import Enrolment
from preau.spaces.models import Publication

PLAIN = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ person }}</title></head><body>
<h1>{{ person }}</h1><p>{{ today|date:"l j F Y" }}</p>
<ul>{% for m in mandates %}<li>{{ m.get_role_display }} depuis le {{ m.starts_on|date:"j F Y" }}</li>{% endfor %}</ul>
<p><a href="/ecoles/{{ school.slug }}/">{{ school.name }}</a> {{ school.get_kind_display }}, {{ school.city.name }}</p>
<ul>{% for c in classrooms %}<li>{{ c.name }} {{ c.school_year }}</li>{% endfor %}</ul>
<table>{% for e in enrolments %}<tr><td><a href="/_bench/{{ e.pupil_id }}/">{{ e.pupil.full_name }}</a></td>
<td>{{ e.level }}</td>
<td>{{ e.starts_on|date:"j F Y" }}</td></tr>{% endfor %}</table>
<ul>{% for p in publications %}<li><a href="/_bench/{{ p.id }}/">{{ p.get_state_display }}</a>
{{ p.author.full_name }} {{ p.published_at|date:"l j F Y, H:i" }}</li>
{% endfor %}</ul></body></html>"""


def plain(request):
    """Session, account, the session's own row, then: school, mandates, classes, 50 pupils, 20 publications."""
    today = localdate()
    account = request.user
    if not account.is_authenticated:
        return HttpResponse("sign in first", status=403)
    # The account comes without its person, so that `person` is shown from the account alone.
    school = School.objects.select_related("city").get(uai=cast.LABORATORY[cast.HOME_SCHOOL])
    context = {
        "person": account.identifier,
        "today": today,
        "mandates": Mandate.objects.filter(person=account.person_id),
        "school": school,
        "classrooms": Classroom.objects.filter(school=school).order_by("sort_key"),
        "enrolments": Enrolment.objects.filter(school=school, ends_on=None)
        .select_related("pupil").order_by("pupil__sort_key", "id")[:50],
        "publications": Publication.objects.filter(classroom__school=school, state="published")
        .select_related("author").order_by("-published_at", "-id")[:20],
    }  # fmt: skip
    return HttpResponse(_template().render(context, request))


def bare(request):
    """A Django answer that asks nothing of anyone."""
    return HttpResponse("<!doctype html><title>Préau</title><p>Bonjour</p>")


def _template():
    if not hasattr(_template, "made"):
        _template.made = engines["django"].from_string(PLAIN)
    return _template.made


urlpatterns = [
    path("_bench/plain/", plain),
    path("_bench/bare/", bare),
    path("", include("config.urls")),
]
handler403 = "preau.web.views.errors.forbidden"
handler404 = "preau.web.views.errors.not_found"
