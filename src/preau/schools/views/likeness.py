"""« Est-ce la même personne ? »: asked before anything is written, answered once."""

from dataclasses import replace

from django.shortcuts import render
from django.utils.timezone import localdate

from preau.schools import queries

NEW = "new"
ANSWERS = ("answer", "answer_1", "answer_2")


def guardian_asked(request, school, entry, name):
    """(the entry with what was answered in the field `name`, who it may be while nobody said)."""
    wanted = {"last_name": entry.last_name, "first_name": entry.first_name, "contacts": entry.contacts}
    known = queries.likely_same_guardians(school, localdate(), **wanted)
    answer = request.POST.get(name, "")
    same = next((one.person for one in known if str(one.person.pk) == answer), None)
    return replace(entry, same_as=same), [] if same or answer == NEW else known


def guardian_page(request, form, *, entry, known, name, back):
    """The question, with all that was written and answered until now."""
    context = {
        "form": form, "entry": entry, "known": known, "name": name, "back": back,
        "answered": {each: request.POST[each] for each in ANSWERS if each != name and request.POST.get(each)},
    }  # fmt: skip
    return render(request, "schools/guardian_likeness.html", context)
