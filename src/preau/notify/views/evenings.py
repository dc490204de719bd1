"""« Mon compte », « Courriel du soir »."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.answers import require
from preau.kit.views import form_page, signed_in
from preau.notify import actions, forms, queries, rules

LEAD = _(
    "Un seul courriel, à 17\u00a0h\u00a030\u00a0: combien de choses sont nouvelles, et où les lire. Ni texte, ni nom. "
    "Rien la nuit, ni le samedi, ni le dimanche."
)
CHOSEN = {
    True: _("C’est noté\u00a0: Préau vous écrira le soir s’il y a du nouveau. Personne d’autre ne le reçoit."),
    False: _("C’est noté\u00a0: plus de courriel du soir. Tout se lit toujours à l’écran."),
}


@signed_in("GET", "POST", is_family=True)
def evening(request):
    """« Courriel du soir »: a box to tick."""
    wanted = queries.wants_evening(request.person)
    if not wanted:  # who wants no more may always say so
        require(rules.can_choose_evening(request.person, localdate()))
    form = forms.EveningForm(request.POST if request.method == "POST" else None, initial={"wants": wanted})
    if request.method == "POST" and form.is_valid():
        wants = form.cleaned_data["wants"]
        actions.choose_evening(person=request.person, wants=wants, now=now())
        messages.success(request, gettext(CHOSEN[wants]))
        return redirect("account_home")
    return form_page(
        request,
        form,
        title="Courriel du soir",
        eyebrow="Mon compte",
        lead=LEAD,
        button=_("Garder ce choix"),
        back=reverse("account_home"),
    )
