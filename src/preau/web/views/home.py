"""The first page: the city's home for anyone, « Aujourd’hui » for a signed-in person."""

from django.http import HttpResponse

from preau.kit.views import public


@public()
def home(request):
    return HttpResponse("Préau")
