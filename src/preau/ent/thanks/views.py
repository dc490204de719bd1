"""One press on « Merci », given or taken back."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now

from preau.ent.thanks import actions, rules
from preau.ent.thanks.forms import ThanksForm
from preau.kit.answers import require
from preau.kit.views import back_to, press, signed_in
from preau.spaces.rules import publications_visible_to


@signed_in("POST", is_family=True)
def thanks_create(request, publication_id):
    """Back to the page it was pressed on."""
    person, today = request.person, localdate()
    publication = get_object_or_404(publications_visible_to(person, today), pk=publication_id)
    require(rules.can_thank(person, publication, today))
    form = ThanksForm(request.POST)
    given = form.is_valid() and form.cleaned_data["given"]
    act = actions.give_thanks if given else actions.take_back_thanks
    press(request, lambda: act(person=person, publication=publication, now=now()))
    return redirect(back_to(form.cleaned_data.get("next", "")) or "today")
