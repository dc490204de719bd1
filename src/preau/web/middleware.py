"""What the roof adds to every answer."""

from django.shortcuts import render

from preau.kit.bodies import REFUSED


class RefusedBody:
    """What the front did not take of a request (kit/front.py) is said on a page, under its status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        status = request.META.get(REFUSED)
        if status is None:
            return self.get_response(request)
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
        page = render(request, "web/errors/404.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page
