"""What every page knows."""


def page(request):
    """Nothing yet that needs the base."""
    return {}
