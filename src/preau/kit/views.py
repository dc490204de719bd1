"""How a view says who may reach it, and the few ways it answers."""

from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.urls.converters import StringConverter
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from preau.kit.answers import Conflict
from preau.kit.money import NBSP
from preau.kit.tables import write_csv, write_ods, write_xlsx

TABLE_FORMATS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "ods": (write_ods, "application/vnd.oasis.opendocument.spreadsheet"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class TableExtension(StringConverter):
    """`liste.<table:extension>` in an address: the two forms a table is offered in."""

    regex = "csv|ods"


def public(*methods, **more):
    """Marks a view open to anyone on purpose. `@public()` answers GET; `@public("GET", "POST")` both.

    A view that takes files says the most bytes it is sent at once, `takes=` (kit/bodies.py); `for_pupils=` is as in
    `signed_in`."""

    def mark(view):
        view = require_http_methods(_methods(methods))(view)
        view.access, view.methods = "public", _methods(methods)
        view.__dict__ |= more
        return view

    return mark


def signed_in(*methods, **more):
    """Marks a view for a signed-in person; anyone else is sent to the sign-in page and comes back after.
    `takes=`, as in `public`. `for_pupils=` names the ways by which a pupil without account reaches it
    (people/pupil_entries.py), `door=` the address to which whoever is not known is sent then.

    The view still asks its room's rules: first the visible set (404), then the rule (403).
    """

    def mark(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.person is None:
                return redirect(more["door"]) if "door" in more else to_the_door(request)
            return view(request, *args, **kwargs)

        guarded = require_http_methods(_methods(methods))(guarded)
        guarded.access, guarded.methods = "signed_in", _methods(methods)
        guarded.__dict__ |= more
        return guarded

    return mark


def table_file(name, extension, header, rows):
    """A table to take away, « csv », « ods » or « xlsx »: `name` is the file's, without its extension."""
    write, kind = TABLE_FORMATS[extension]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{extension}"'}
    return HttpResponse(write(header, rows), content_type=kind, headers=headers)


def pdf_file(name, data, *, to_keep=False, is_private=False):
    """A PDF that opens in the browser, or goes to the person's files when it is `to_keep`; `name` is without its
    extension. `is_private` leaves no copy of it in the browser's cache."""
    headers = {"Content-Disposition": f'{"attachment" if to_keep else "inline"}; filename="{name}.pdf"'}
    headers |= {"Cache-Control": "no-store"} if is_private else {}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _methods(methods):
    methods = list(methods or ["GET"])
    return [*methods, "HEAD"] if "GET" in methods else methods


def to_the_door(request):
    """The sign-in page, then back: to the page asked for, or to the one an act was sent from when nothing of it waits
    (`request.is_kept`, see people/kept.py). A piece that a script asked for moves the whole page."""
    back = request.get_full_path()
    if request.method not in ("GET", "HEAD") and not getattr(request, "is_kept", False):
        back = sent_from(request)
    url = door_url(back)
    is_script = request.headers.get("HX-Request") == "true"
    return HttpResponse(headers={"HX-Redirect": url}) if is_script else HttpResponseRedirect(url)


def door_url(back):
    """The sign-in page, that leads to `back`."""
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}"


def sent_from(request):
    """Our own page that an act was sent from, with what it asked (`?semaine=2026-11-30`), else the home's path."""
    page = urlsplit(request.headers.get("Referer", ""))
    path = f"{page.path}?{page.query}" if page.query else page.path
    return (page.netloc == request.get_host() and page.path and back_to(path)) or "/"


def back_to(path):
    """This page of ours, else "": the address that a form gives to come back to may be anybody's."""
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def is_from_here(request):
    """Whether the browser says that one of our own pages sent this."""
    page = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(page).netloc == request.get_host()


def chosen_by_slug(request, rows, name="ville"):
    """(the row whose slug `?ville=` gives or the first, all of them in a list); 404 when there is none."""
    rows = list(rows.order_by("name", "id"))
    return asked_or_first(request, rows, name), rows


def one_in_turn(request, rows, name="ville"):
    """The row a long list keeps to, `?ville=` or the first, so that a page costs the same whatever the number of them;
    None for who sees fewer than two: their list is whole. 404 when none has that slug."""
    return asked_or_first(request, rows, name) if len(rows) > 1 else None


def slug_in_turn(request, cities):
    """(the slug of the city that a long list keeps to, or of `?ville=`; the city in turn or None)."""
    city = one_in_turn(request, cities)
    return city.slug if city else request.GET.get("ville", ""), city


def kept_in_turn(request, listed, cities, path="city"):
    """(`listed`, rows whose city is at `path`, of the one in turn or of `?ville=` alone; the city in turn or None)."""
    slug, city = slug_in_turn(request, cities)
    return listed.filter((f"{path}__slug", slug)) if slug else listed, city


def listed_in_turn(request, cities, read, has_any):
    """(what `read(slug)` lists of the city in turn, {"city": that city or None, "cities": all to choose from}); 404 for
    who has nothing in sight, listed or not: `has_any()` tells."""
    slug, city = slug_in_turn(request, cities)
    rows = read(slug)
    if not rows and not has_any():
        raise Http404
    return rows, {"city": city, "cities": cities}


def asked_or_first(request, rows, name="ville"):
    """The row of this list whose slug `?ville=` gives, or its first; 404 when there is none."""
    slug = request.GET.get(name, "")
    chosen = next((row for row in rows if slug in ("", row.slug)), None)
    if chosen is None:
        raise Http404
    return chosen


def first_or_404(rows):
    """The row of a visible set that was asked by its id: what a prepared query gives, as `get_object_or_404`."""
    if not rows:
        raise Http404
    return rows[0]


def form_page(request, form, *, title, button, back="/", template="kit/form_page.html", **context):
    """One form alone on its page, 422 once posted and refused. `context` may give an `eyebrow`, a `lead`, and what a
    template of the room's own asks, which extends kit/form_page.html or has its fields."""
    context |= {"form": form, "title": title, "button": button, "back": back}
    return render(request, template, context, status=422 if form.is_bound else 200)


def about(name, said):
    """« École Montmidi : le prêt est clos. »: a sentence said once for many, and what it was done to."""
    return f"{name}{NBSP}: {said[0].lower()}{said[1:]}"


def press(request, write, said=""):
    """Runs `write()`, a button's act without a form, then tells `said`, or why not when it raises Conflict. Returns
    what it wrote (True when that is nothing), or None: the view then leads back to a page. `said` is empty when that
    page tells it."""
    try:
        written = write()
    except Conflict as conflict:
        messages.error(request, gettext(conflict.reason))
        return None
    if said:
        messages.success(request, said)
    return written or True


def sent_form(request):
    """(POST, FILES) of a form that was sent, were it empty, or that waited while its session was silent, which comes
    back by GET (people/kept.py); (None, None) before."""
    is_sent = request.method == "POST" or request.POST
    return (request.POST, request.FILES) if is_sent else (None, None)


def submit(request, form, write, versioned=None):
    """Runs `write(**cleaned_data)` for a posted and valid form; returns what it wrote, or None.

    A Conflict becomes a sentence of the form and what was typed stays. `versioned`, a row read for this page, gives the
    next try its version of now.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return write(**form.cleaned_data) or True
    except Conflict as conflict:
        if versioned is not None:
            versioned.refresh_from_db(fields=["version"])
            form.data = form.data.copy()
            form.data["version"] = versioned.version
        form.add_error(conflict.field if conflict.field in form.fields else None, conflict.reason)
        return None
