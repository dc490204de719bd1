"""What a pupil's card opens at home: the secret of the card, the four pictures from CP, then the pupil's own pages."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import never_cache

from preau.kit.answers import Conflict
from preau.kit.spoken.children import to_child
from preau.kit.views import public, signed_in
from preau.people import actions
from preau.people.actions.cards import REFUSED, WRONG
from preau.people.models import Badge, PupilEntry
from preau.people.queries.cards import CODE_LENGTH, CODE_PICTURES, badge_of, has_code, home_badge, signs_of
from preau.people.queries.entries import shown, shown_lately
from preau.people.texts import locked_text

SHOWN = "card"  # in the session: the card's id, and when its secret was given
IN_CLASS = _("Cette carte sert en classe\u00a0: montre-la à la tablette. Pour la maison, il y a une autre carte.")
TOO_MANY = _("Trop de cartes ont été essayées d’ici. Attends une heure, puis recommence.")


@public("GET", "POST", is_family=True)
@never_cache
def card(request):
    """The secret is in the fragment of the address, which no browser sends: card.js posts it (trust.md P9).
    An adult holds the telephone: it speaks the family's language."""
    if request.user.is_authenticated:
        return render(request, "people/card_someone_in.html")
    said = ""
    if request.method == "POST":
        today, token = localdate(), request.POST.get("card", "")[:64]
        badge = badge_of(token, Badge.Kind.HOME, today)
        if badge:
            request.session[SHOWN] = shown(badge, now())
            return redirect("card_pictures") if has_code(badge.pupil) else _enter(request, badge, [])
        said = IN_CLASS if badge_of(token, Badge.Kind.CLASS, today) else _refused(request)
    return render(request, "people/card.html", {"said": said and gettext(said)}, status=422 if said else 200)


@public("GET", "POST")
@never_cache
def card_pictures(request):
    """Each press brings one more picture, the fourth is the answer."""
    badge = home_badge(shown_lately(request.session.get(SHOWN), now()), localdate())
    if badge is None or request.user.is_authenticated:
        return redirect("card")
    chosen, said = request.POST.getlist("image")[:CODE_LENGTH], ""
    if len(chosen) == CODE_LENGTH:
        try:
            return _enter(request, badge, chosen)
        except actions.Locked as locked:
            said = to_child(locked_text(locked.until - now()))
        except Conflict as conflict:
            said = conflict.reason
        chosen = []
    chosen = [picture for picture in chosen if picture in CODE_PICTURES]
    context = {
        "pupil": badge.pupil, "sign": signs_of([badge.pupil]).get(badge.pupil_id), "pictures": CODE_PICTURES,
        "prompt_key": "wrong-pictures" if said == WRONG else "four-pictures",
        "chosen": chosen, "left": range(CODE_LENGTH - len(chosen)), "said": said,
    }  # fmt: skip
    return render(request, "people/card_pictures.html", context, status=422 if said else 200)


@signed_in("POST", for_pupils=(PupilEntry.Way.HOME,), door="card")
def card_leave(request):
    """« J’ai fini »: the key of this device opens nothing any more."""
    if hasattr(request, "pupil_entry"):
        actions.end_pupil_entries(entry_ids=[request.pupil_entry.pk])
        request.keep_pupil_key("")
    return redirect("card")


def _enter(request, badge, pictures):
    _, key = actions.enter_at_home(badge=badge, pictures=pictures, network=request.network(), now=now())
    request.session.flush()
    request.keep_pupil_key(key)
    return redirect(settings.CARD_REDIRECT_URL)


def _refused(request):
    heard = actions.count_network(network=f"card {request.network() or 'unknown'}", now=now())
    return REFUSED if heard else TOO_MANY
