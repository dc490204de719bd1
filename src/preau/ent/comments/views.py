"""Under a post: what is said there, and what its team decides."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.comments import actions, queries, rules
from preau.ent.comments.forms import CommentForm, DecisionForm
from preau.ent.comments.models import Comment
from preau.kit.answers import require
from preau.kit.views import back_to, press, signed_in, submit
from preau.spaces import audiences
from preau.spaces.naming import own_life_address
from preau.spaces.queries.links import links_to

PLACES = ("author", "classroom__school", "group__school")
SENT = _("C’est envoyé. L’équipe de la classe le relit, puis les autres le lisent.")
SHOWN_AT_ONCE = "C’est publié\u00a0: qui lit cette publication le lit."
OPENED = "Les commentaires sont ouverts. Vous relisez chacun avant que les autres ne le lisent."
CLOSED = "Les commentaires sont fermés\u00a0: plus personne n’écrit, ce qui est montré reste."
DECIDED = {True: "C’est montré à qui lit cette publication.", False: "Ce n’est pas montré. Son auteur le voit."}
WITHDRAWN = _("C’est retiré\u00a0: plus personne ne le lit.")
MOST = 50


@signed_in("GET", "POST", is_family=True)
def discussion(request, discussed_id):
    """What is said of, what is shown under it, one's own words, and to the team what waits."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    publication = _publication(request, discussed_id, memberships)  # with its discussion
    opened = getattr(publication, "discussion", None)
    known = {"memberships": memberships, "reached": queries.reaches(publication)}
    may = rules.can_comment(person, publication, today, discussion=opened, **known)
    is_team = rules.can_moderate(person, publication, today)
    if request.method == "POST":
        require(may)
    form = CommentForm(request.POST or None)
    write = {"person": person, "publication": publication, "now": now()}
    if submit(request, form, lambda **said: actions.write_comment(**write, **said)):
        messages.success(request, SHOWN_AT_ONCE if is_team else gettext(SENT))
        return redirect("comments:discussion", discussed_id=publication.pk)
    visible = rules.comments_visible_under(person, publication, today, **known)
    comments = queries.listed(visible) if opened else []
    context = {
        "publication": publication, "opened": opened, "is_team": is_team, "form": form if may else None, "may": may,
        "comments": [one for one in comments if one.state != Comment.State.WITHDRAWN], "now": now(),
        "person": person, "place": publication.place, "life_url": own_life_address(publication.place, memberships),
        "said_of": links_to([publication], person, today, memberships=memberships),
    }  # fmt: skip
    return render(request, "comments/discussion.html", context, status=422 if form.errors else 200)


@signed_in()
def to_read(request):
    """Those that wait, of all the posts that the person answers for."""
    person, today = request.person, localdate()
    require(rules.reads_over(person, today))
    comments = queries.waiting(rules.comments_to_read(person, today), MOST)
    publications = {one.publication_id: one.publication for one in comments}
    links = links_to(publications.values(), person, today, memberships=audiences.memberships_of(person, today))
    said_of = {link.publication.pk: link for link in links}
    for comment in comments:
        comment.said_of = said_of.get(comment.publication_id)
    return render(request, "comments/to_read.html", {"comments": comments, "now": now(), "person": person})


@signed_in("POST")
def opening_create(request, discussed_id):
    """Open to comments, or again."""
    return _moved(request, discussed_id, actions.open_discussion, OPENED)


@signed_in("POST")
def closing_create(request, discussed_id):
    """No more comments."""
    return _moved(request, discussed_id, actions.close_discussion, CLOSED)


@signed_in("POST")
def decision_create(request, comment_id):
    """Shown, or not; back to the page it was pressed on."""
    comment = _comment(request, comment_id)
    require(rules.can_decide(request.person, comment, localdate()))
    form = DecisionForm(request.POST)
    if form.is_valid():
        is_shown, seen = form.cleaned_data["act"] == "show", form.cleaned_data["seen"]
        decided = {"person": request.person, "comment": comment, "is_shown": is_shown, "seen": seen, "now": now()}
        press(request, lambda: actions.decide(**decided), DECIDED[is_shown])
    return _back(request, comment, form.cleaned_data.get("next", "") if form.is_valid() else "")


@signed_in("POST", is_family=True)
def withdrawal_create(request, comment_id):
    """Gone, by its author or by the team."""
    comment = _comment(request, comment_id)
    require(rules.can_withdraw(request.person, comment, localdate()))
    done = {"person": request.person, "comment": comment, "now": now()}
    press(request, lambda: actions.withdraw_comment(**done), gettext(WITHDRAWN))
    return _back(request, comment)


def _publication(request, discussed_id, memberships=None):
    visible = rules.discussed_visible_to(request.person, localdate(), memberships=memberships)
    return get_object_or_404(visible.select_related("discussion", *PLACES), pk=discussed_id)


def _comment(request, comment_id):
    visible = rules.comments_visible_to(request.person, localdate())
    places = (f"publication__{path}" for path in PLACES[1:])
    return get_object_or_404(visible.select_related("author", *places), pk=comment_id)


def _moved(request, discussed_id, act, said):
    publication = _publication(request, discussed_id)
    require(rules.can_open(request.person, publication, localdate()))
    press(request, lambda: act(person=request.person, publication=publication, now=now()), said)
    return redirect("comments:discussion", discussed_id=publication.pk)


def _back(request, comment, path=""):
    if path := back_to(path):
        return redirect(path)
    return redirect("comments:discussion", discussed_id=comment.publication_id)
