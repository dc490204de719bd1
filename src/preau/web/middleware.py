"""What the roof adds to every answer."""

from django.shortcuts import render

from preau.kit.answers import Conflict
from preau.kit.bodies import REFUSED
from preau.kit.views import sent_from
from preau.people.kept import written_in
from preau.people.middleware import spoken_to_reader


class RefusedBody:
    """What the front did not take of a request (kit/serving/front.py) is said on a page, under its status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        status = request.META.get(REFUSED)
        if status is None:
            return self.get_response(request)
        with spoken_to_reader(request):
            return render(request, "web/errors/body.html", {"status": status}, status=status)


class PageForEveryAddress:
    """A browser sent to an address that only takes acts (a page that came back with an error has one) gets our page and
    a way out, not a blank one; the answer still says what it takes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method != "GET" or response.status_code != 405 or response.content:
            return response
        with spoken_to_reader(request):
            page = render(request, "web/errors/404.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class PageOfConflict:
    """An act that could not be done, and that no form took back, gets a page: why, what was typed, a way back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Conflict):
            return None
        context = {"reason": exception.reason, "written": written_in(request), "onward": sent_from(request)}
        with spoken_to_reader(request):
            return render(request, "web/errors/409.html", context, status=409)
