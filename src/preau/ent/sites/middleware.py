"""The public pages' cache, before sessions and cookies."""


class PublicPageCache:
    """Answers a public page from its cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
