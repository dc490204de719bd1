"""What is done with a page by one button."""

from functools import partial
from urllib.parse import urlsplit

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now

from preau.ent.portfolio import actions, rules
from preau.ent.portfolio.forms import RemarkForm
from preau.ent.portfolio.views.writing import notebook_address
from preau.kit.answers import require
from preau.kit.views import back_to, press, sent_from, signed_in, submit

PROPOSED = "C’est donné à relire."
SHOWN = "Sa famille lit la page dès maintenant."
RETURNED = "La page est rendue à l’élève, avec votre remarque."
WITHDRAWN = "La famille ne voit plus cette page."
RESTORED = "La famille lit de nouveau cette page."
DISCARDED = "La page est jetée."


@signed_in("POST")
def proposal_create(request, page_id):
    """A pupil's, to read over."""
    return _done(request, page_id, rules.can_propose_page, actions.propose_page, PROPOSED)


@signed_in("POST")
def approval_create(request, page_id):
    """Shown to the family, as it was read."""
    version = request.POST.get("version", "")
    act = partial(actions.approve_page, version=int(version) if version.isdecimal() and len(version) < 9 else None)
    return _done(request, page_id, rules.can_approve_page, act, SHOWN)


@signed_in("POST")
def page_return(request, page_id):
    """Back to the pupil, with a remark."""
    page, form = _page(request, page_id), RemarkForm(request.POST)
    require(rules.can_return_page(request.person, page, localdate()))
    back = partial(actions.return_page, person=request.person, page=page, now=now())
    if submit(request, form, back):
        messages.success(request, RETURNED)
    else:
        messages.error(request, "Dites en une ligne ce que l’élève reprend.")
    return _back(request, page)


@signed_in("POST")
def page_withdrawal(request, page_id):
    """The family reads it no more."""
    return _done(request, page_id, rules.can_withdraw_page, actions.withdraw_page, WITHDRAWN)


@signed_in("POST")
def page_restoration(request, page_id):
    """Shown again."""
    return _done(request, page_id, rules.can_restore_page, actions.restore_page, RESTORED)


@signed_in("POST")
def page_discard(request, page_id):
    """Thrown away."""
    return _done(request, page_id, rules.can_discard_page, actions.discard_page, DISCARDED)


@signed_in("POST")
def thanks_create(request, page_id):
    """« Merci », given or taken back."""
    page = _page(request, page_id)
    require(rules.can_thank_for(request.person, page, localdate()))
    act = actions.give_thanks if request.POST.get("given") else actions.take_back_thanks
    press(request, partial(act, person=request.person, page=page, now=now()))
    return redirect(back_to(request.POST.get("next", "")[:200]) or notebook_address(page, True))


def _done(request, page_id, rule, act, said):
    page = _page(request, page_id)
    require(rule(request.person, page, localdate()))
    press(request, partial(act, person=request.person, page=page, now=now()), said)
    return _back(request, page)


def _page(request, page_id):
    visible = rules.pages_visible_to(request.person, localdate()).select_related("classroom__school", "child")
    return get_object_or_404(visible, pk=page_id)


def _back(request, page):
    """The page of the class or the notebook, where the button was."""
    came = sent_from(request)
    if urlsplit(came).path.endswith("/cahiers/"):
        return redirect(came)
    return redirect(notebook_address(page, page.child_id == request.person.pk))
