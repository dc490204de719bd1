"""What the pages of a spreadsheet do and answer: the file given, applied, undone, in the same words for both tables."""

from django.contrib import messages
from django.shortcuts import redirect

from preau.kit.batches import CannotUndo
from preau.kit.money import NBSP, counted
from preau.kit.sheets import Moved, told_once
from preau.kit.tables import TableRefused
from preau.plan.sheets import queries

SHOWN = 5  # reasons in one message


def draft_given(form, keep):
    """The draft `keep(name=…, data=…)` makes of the file given, or None: the form says why."""
    if not form.is_bound or not form.is_valid():
        return None
    sheet = form.cleaned_data["sheet"]
    try:
        return keep(name=sheet.name, data=sheet.read())
    except TableRefused as refused:
        form.add_error("sheet", str(refused))
        return None


def waits_no_more(request, conflict, draft, start):
    """Back to the page where the city gives its file: the table that was opened was taken, replaced or applied."""
    messages.error(request, conflict.reason)
    return back_to(start, draft.city)


def apply_seen(request, apply) -> bool:
    """Runs `apply(seen=…)` with what the page posts, and says what changed; False: to be read again."""
    try:
        applied = apply(seen=request.POST.get("seen", ""))
    except Moved as moved:
        messages.error(request, moved.reason)
        return False
    if applied.batch is None and applied.comparison.problems:
        messages.error(request, f"Rien à appliquer{NBSP}: il ne reste que des lignes à revoir, les voici.")
        return False
    _say_applied(request, applied)
    return True


def _say_applied(request, applied):
    if applied.batch is None:
        why = "Préau dit déjà la même chose que votre tableau"
        if applied.comparison.kept:
            why = "ce qui diffère ne se prend pas d’un tableau"
        messages.success(request, f"Rien à changer{NBSP}: {why}.")
    else:
        count = len(applied.comparison.changes)
        messages.success(
            request,
            f"Lignes appliquées{NBSP}: {count}. Les pages du plan les disent déjà, et vous pouvez annuler ci-dessous.",
        )
        if left := [each for each in queries.why_left(applied.comparison) if each.line]:
            messages.warning(request, _left_words(left))


def _left_words(left):
    """What the file says and the plan does not, and why: a school left out reads as if nothing was known of it."""
    told = told_once(sorted(left, key=lambda each: each.line))
    lines = len({each.line for each in left})
    many = counted(lines, "ligne n’est pas prise en entier", "lignes ne sont pas prises en entier")
    why = " ".join(
        f"{', '.join(filter(None, (each.where, each.column)))}{NBSP}: {each.reason}" for each in told[:SHOWN]
    )
    more = f" Et {counted(len(told) - SHOWN, 'autre raison', 'autres raisons')}." if len(told) > SHOWN else ""
    return f"{many}{NBSP}: le plan ne le dit pas encore. {why}{more} Corrigez votre tableau, puis donnez-le de nouveau."


def say_settled(request, count):
    """How many lines left out no longer wait."""
    if count:
        told = counted(count, "ligne n’attend plus", "lignes n’attendent plus")
        messages.success(request, f"{told}. Les pages du plan le disent déjà.")
    else:
        messages.error(request, f"Rien n’est réglé{NBSP}: cochez au moins une ligne.")


def undo_import(request, undo, in_way) -> list[str]:
    """Runs `undo()` and says that it is done; else gives `in_way(cannot)`, all that the page is to list."""
    try:
        undo()
    except CannotUndo as cannot:
        return in_way(cannot)
    messages.success(request, "L’import est annulé. Tout est comme avant.")
    return []


def back_to(address, city):
    """The page where a city gives its file, of the same city."""
    response = redirect(address)
    response["Location"] += f"?ville={city.slug}"
    return response
