"""Who is asking: the account's person and the face chosen at the top of the page."""


class CurrentPerson:
    """Gives views `request.person` (or None). Read lazily: a public page asks nothing of the base."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.__class__.person = property(_person)
        return self.get_response(request)


def _person(request):
    if not hasattr(request, "_person"):
        request._person_read = True
        account = request.user
        request._person = account.person if account.is_authenticated else None
    return request._person
