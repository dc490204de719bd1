"""« Un compte pris par quelqu’un d’autre »: suspend it, recall what it published, open it again."""

import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.ids import ids_of
from preau.kit.money import NBSP
from preau.kit.rooms.recalls import written_lately
from preau.kit.rows import is_among
from preau.kit.views import press, signed_in
from preau.people import actions as people
from preau.spaces import actions, rules
from preau.spaces.forms import SinceForm
from preau.spaces.models import Publication
from preau.spaces.queries import incidents

SUSPENDED = "Ce compte est suspendu. Ses appareils sont déconnectés, plus personne n’y entre."
REINSTATED = "Ce compte est rouvert. Si son mot de passe a été volé, faites aussi une nouvelle fiche de connexion."
SHOWN = 50


@signed_in()
def account_list(request):
    """Who published lately, and a search by name among the accounts one may suspend."""
    today, person, name = localdate(), request.person, request.GET.get("nom", "").strip()[:80]
    require(rules.can_open_stops(person, today))
    accounts, by_name = rules.accounts_suspendable_by(person, today), rules.reads_names(person, today)
    context = {
        "name": name,
        "by_name": by_name,
        "found": incidents.accounts_found(accounts, name, by_name=by_name) if name else [],
        "authors": incidents.authors_lately(
            rules.publications_recallable_by(person, today), now(), _sent(person, today)
        ),
    }
    return render(request, "spaces/account_list.html", context)


@signed_in("POST")
def silence_many(request):
    """« Suspendre et tout rappeler », of the accounts ticked."""
    today, person = localdate(), request.person
    require(rules.can_open_stops(person, today))
    theirs = rules.accounts_suspendable_by(person, today).select_related("person")
    chosen = list(theirs.filter(person__in=ids_of(request.POST.getlist("qui"))).distinct())
    if not chosen:
        messages.error(request, "Cochez au moins un compte.")
        return redirect("spaces:account_list")
    count = actions.silence(person=person, accounts=chosen, since=now() - incidents.A_DAY, now=now())
    said = "Comptes suspendus{0}: {1}. Publications rappelées{0}: {2}. Chaque compte se rouvre sur sa page."
    messages.success(request, said.format(NBSP, len(chosen), count))
    return redirect("spaces:account_list")


@signed_in()
def account_detail(request, holder_id):
    """One account: whether it opens, what it published lately."""
    today, person = localdate(), request.person
    account = _account(request, holder_id)
    mine = rules.publications_recallable_by(person, today)
    published = incidents.published_by(mine, account.person, now() - incidents.LATELY)
    context = {
        "account": account, "holder": account.person, "by_name": rules.reads_names(person, today), "form": SinceForm(),
        "published": published[:SHOWN], "published_count": len(published),
        "sent_count": _sent(person, today).get(account.person_id, (0,))[0],
        "can_suspend": rules.can_suspend(person, account, today),
    }  # fmt: skip
    return render(request, "spaces/account_detail.html", context)


@signed_in("POST")
def suspension_create(request, holder_id):
    """« Suspendre »."""
    account = _account(request, holder_id)
    require(rules.can_suspend(request.person, account, localdate()))
    press(request, lambda: people.suspend_account(account=account, person=request.person, now=now()), SUSPENDED)
    return redirect("spaces:account_detail", holder_id)


@signed_in("POST")
def suspension_end(request, holder_id):
    """« Rouvrir »."""
    account = _account(request, holder_id)
    require(rules.can_suspend(request.person, account, localdate()))
    press(request, lambda: people.reinstate_account(account=account, person=request.person, now=now()), REINSTATED)
    return redirect("spaces:account_detail", holder_id)


@signed_in("POST")
def recall_all(request, holder_id):
    """« Rappeler tout ce qu’il a publié » since a while."""
    account, form = _account(request, holder_id), SinceForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez depuis quand.")
        return redirect("spaces:account_detail", holder_id)
    since = now() - datetime.timedelta(hours=form.cleaned_data["hours"])
    count = actions.recall_since(person=request.person, author=account.person, since=since, now=now())
    plural = "s" if count > 1 else ""
    said = f"{count}{NBSP}publication{plural} rappelée{plural}{NBSP}: plus personne ne les voit."
    messages.success(request, said if count else "Rien n’a été publié depuis\u00a0: rien n’a changé.")
    return redirect("spaces:account_detail", holder_id)


@signed_in("POST")
def recall_create(request, publication_id):
    """« Rappeler » one thing, whatever its kind."""
    mine = rules.publications_recallable_by(request.person, localdate())
    publication = get_object_or_404(Publication.objects.filter(is_among("pk", mine)), pk=publication_id)
    said = "C’est rappelé\u00a0: plus personne ne le voit. La direction peut le remettre pendant 30 jours."
    press(request, lambda: actions.recall(person=request.person, publication=publication, now=now()), said)
    if publication.author_id and publication.author_id != request.person.pk:
        return redirect("spaces:account_detail", publication.author_id)
    return redirect("/")


def _sent(person, today):
    return written_lately(person=person, since=now() - incidents.LATELY, today=today)


def _account(request, holder_id):
    accounts = rules.accounts_suspendable_by(request.person, localdate())
    return get_object_or_404(accounts.select_related("person").distinct(), person_id=holder_id)
