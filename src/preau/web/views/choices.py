"""What a person chooses at the top of the page; kept in the session, never in a table."""

from django.shortcuts import redirect
from django.utils.timezone import localdate

from preau.kit.views import back_to, signed_in
from preau.web.faces import faces_of
from preau.web.forms import FaceForm, ReadingForm


@signed_in("POST")
def face(request):
    """« Je suis ici comme… »: only a face the person has."""
    form = FaceForm(request.POST)
    if form.is_valid():
        key = form.cleaned_data["face"]
        if any(face.key == key for face in faces_of(request.person, localdate())):
            request.session["face"] = key
    return redirect("today")


@signed_in("POST")
def reading(request):
    """« Aa »: dark screen, spaced reading."""
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return redirect("today")
    if form.cleaned_data["theme"]:
        request.session["theme"] = form.cleaned_data["theme"]  # « day » too: the device may ask for dark
    if form.cleaned_data["reading"]:
        request.session["reading"] = "" if form.cleaned_data["reading"] == "plain" else form.cleaned_data["reading"]
    return redirect(back_to(form.cleaned_data["next"]) or "today")
