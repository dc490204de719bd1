"""What becomes of a post: each verb is one POST, then back to the life of its space."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.timezone import localdate, now

from preau.ent.posts import actions, rules
from preau.ent.posts.views.spaces import visible_post
from preau.kit.answers import Conflict, require
from preau.kit.views import signed_in
from preau.spaces.naming import life_address


@signed_in("POST")
def publication_create(request, post_id):
    """Publishes the draft that was read; one changed meanwhile from another page is shown again."""
    post = visible_post(request, post_id)
    require(rules.can_discard_post(request.person, post))  # a draft, and one's own
    return _decided(request, post, actions.publish_draft)


@signed_in("POST")
def confirmation_create(request, post_id):
    """The head puts on the public site the proposal they read; one changed meanwhile is shown again."""
    post = visible_post(request, post_id)
    require(rules.can_confirm_post(request.person, post, localdate()))
    return _decided(request, post, actions.confirm_post)


@signed_in("POST")
def return_create(request, post_id):
    """The head gives a proposal back to its author."""
    post = visible_post(request, post_id)
    require(rules.can_confirm_post(request.person, post, localdate()))
    actions.send_back_post(person=request.person, post=post, now=now())
    author = post.publication.author
    to = f"à {author.formal_name}" if author else "à qui l’a écrit"
    messages.success(request, f"C’est renvoyé {to}, en brouillon. Rien n’est sur le site\u00a0: la suite lui revient.")
    return redirect(life_address(post.publication.place))


@signed_in("POST")
def withdrawal_create(request, post_id):
    """Takes a post back."""
    post = visible_post(request, post_id)
    require(rules.can_withdraw_post(request.person, post, localdate()))
    actions.withdraw_post(person=request.person, post=post, now=now())
    return _back(post)


@signed_in("POST")
def restoration_create(request, post_id):
    """« Annuler » a withdrawal."""
    post = visible_post(request, post_id)
    require(rules.can_restore_post(request.person, post, localdate()))
    actions.restore_post(person=request.person, post=post, now=now())
    return _back(post)


@signed_in("POST")
def undo_create(request, post_id):
    """« Annuler » a publication: its author is back on the draft."""
    post = visible_post(request, post_id)
    require(rules.can_undo_post(request.person, post, now(), localdate()))
    actions.undo_post(person=request.person, post=post, now=now())
    messages.success(request, "C’est repris en brouillon\u00a0: personne d’autre ne le voit. Corrigez, puis publiez.")
    return redirect("posts:post_edit", post_id=post.pk)


@signed_in("POST")
def discard_create(request, post_id):
    """Throws a draft away."""
    post = visible_post(request, post_id)
    require(rules.can_discard_post(request.person, post))
    place = post.publication.place
    actions.discard_draft(person=request.person, post=post, now=now())
    messages.success(request, "Le brouillon est effacé pour de bon. Personne d’autre ne l’avait vu.")
    return redirect(life_address(place))


def _decided(request, post, action):
    """Runs what is decided of a post as the page showed it."""
    try:
        action(person=request.person, post=post, seen=request.POST.get("seen", ""), now=now())
    except Conflict as conflict:
        messages.error(request, conflict.reason)
        return redirect("posts:post_detail", post_id=post.pk)
    return _back(post)


def _back(post):
    return redirect(f"{life_address(post.publication.place)}?fait={post.pk}")
