"""What becomes of a post: each verb is one POST, then back to the life of its space."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.posts import actions, rules
from preau.ent.posts.views.spaces import visible_post
from preau.kit.answers import require
from preau.kit.views import press, signed_in

HOME = "/"


@signed_in("POST")
def publication_create(request, post_id):
    """Publishes the draft that was read; one changed meanwhile from another page is shown again."""
    post = visible_post(request, post_id)
    require(rules.can_discard_post(request.person, post, localdate()))  # a draft, and one's own
    read = {
        "seen": request.POST.get("seen", ""),
        "no_child_declared": "no_child" in request.POST,
        "is_sure": "sure" in request.POST,
    }
    return _pressed(request, post, actions.publish_draft, **read)


@signed_in("POST")
def schedule_cancel(request, post_id):
    """What was to leave by itself is a draft that waits for its author."""
    post = visible_post(request, post_id)
    require(rules.can_discard_post(request.person, post, localdate()))
    said = "C’est annulé\u00a0: ce brouillon vous attend, rien ne partira tout seul."
    return _pressed(request, post, actions.unschedule_post, said, done=reverse("posts:post_detail", args=[post.pk]))


@signed_in("POST")
def confirmation_create(request, post_id):
    """The head puts on the public site the proposal they read; one changed meanwhile is shown again."""
    post = visible_post(request, post_id)
    require(rules.can_confirm_post(request.person, post, localdate()))
    read = {"seen": request.POST.get("seen", ""), "is_sure": "sure" in request.POST}
    return _pressed(request, post, actions.confirm_post, **read)


@signed_in("POST")
def return_create(request, post_id):
    """The head gives a proposal back to its author."""
    post = visible_post(request, post_id)
    require(rules.can_confirm_post(request.person, post, localdate()))
    author = post.publication.author
    to = f"à {author.formal_name}" if author else "à qui l’a écrit"
    said = f"C’est renvoyé {to}, en brouillon. Rien n’est sur le site\u00a0: la suite lui revient."
    return _pressed(request, post, actions.send_back_post, said, done=post.life_url or HOME)


@signed_in("POST")
def withdrawal_create(request, post_id):
    """Takes a post back."""
    post = visible_post(request, post_id)
    require(rules.can_withdraw_post(request.person, post, localdate()))
    return _pressed(request, post, actions.withdraw_post)


@signed_in("POST")
def restoration_create(request, post_id):
    """« Annuler » a withdrawal."""
    post = visible_post(request, post_id)
    require(rules.can_restore_post(request.person, post, localdate()))
    return _pressed(request, post, actions.restore_post)


@signed_in("POST")
def undo_create(request, post_id):
    """« Annuler » a publication: its author is back on the draft."""
    post = visible_post(request, post_id)
    require(rules.can_undo_post(request.person, post, now(), localdate()))
    said = "C’est repris en brouillon\u00a0: personne d’autre ne le voit. Corrigez, puis publiez."
    return _pressed(request, post, actions.undo_post, said, done=reverse("posts:post_edit", args=[post.pk]))


@signed_in("POST")
def declaration_create(request, post_id):
    """« J’ai regardé »: none of the children without accord can be recognised on what is already read."""
    post = visible_post(request, post_id)
    require(rules.can_declare_again(request.person, post, localdate()))
    said = "C’est noté. Les photos qui attendaient votre regard sont de nouveau montrées."
    return _pressed(request, post, actions.declare_again, said, done=reverse("posts:post_detail", args=[post.pk]))


@signed_in("POST")
def discard_create(request, post_id):
    """Throws a draft away."""
    post = visible_post(request, post_id)
    require(rules.can_discard_post(request.person, post, localdate()))
    said = "Le brouillon est effacé pour de bon. Personne d’autre ne l’avait vu."
    return _pressed(request, post, actions.discard_draft, said, done=post.life_url or HOME)


def _pressed(request, post, act, said="", done=None, **read):
    """Runs the act, then leads to `done`, unless given the life of the space with its « Annuler », or the post itself
    with the same for who may not enter the space; back to the post when it changed meanwhile."""
    alone = reverse("posts:post_detail", args=[post.pk])
    if press(request, lambda: act(person=request.person, post=post, now=now(), **read), said):
        return redirect(done or f"{post.life_url or alone}?fait={post.pk}")
    return redirect(alone)
