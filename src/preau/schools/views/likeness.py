"""« Est-ce la même personne ? »: asked before anything is written, answered once."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from preau.people.naming import answered, namesakes_page
from preau.schools import queries, rules
from preau.schools.views.loading import sheet_page

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


def staff_asked(request, school, form, *, back, back_label):
    """(who is named, None for somebody new; the page that asks it while nobody said). Only who is in sight is shown."""
    today, known = localdate(), []
    if not form.same:
        families_of = school if rules.can_keep_register(request.person, school, today) else None
        staff = rules.staff_known_to(request.person, school, today)
        known = queries.likely_same_staff(staff, families_of, today, **form.sought())
    same, is_settled = answered(request, form, known)
    return same, None if is_settled else namesakes_page(request, form, known, back=back, back_label=back_label)


def staff_page(request, mandate, secret, may_have_sheet, *, said, back, back_label):
    """The sheet when one was drawn; else what is noted, and how the person enters."""
    if secret:
        return sheet_page(request, mandate, secret, back, back_label)
    holder = mandate.person
    account = getattr(holder, "account", None)
    enters = account and account.last_login
    messages.success(request, f"{said} Cette personne entre avec son compte." if enters else said)
    if not enters and not may_have_sheet:
        messages.warning(request, may_have_sheet.reason)
    return redirect(back)
