"""Hiding on a picture, and saying who is on it."""

import re

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from preau.ent.posts import accords, actions, rules
from preau.ent.posts.forms import ChildrenForm
from preau.ent.posts.models import Scope
from preau.ent.posts.queries import pictures_of
from preau.ent.posts.views.spaces import shown_or_told
from preau.kit.answers import require
from preau.kit.views import press, signed_in, submit
from preau.media.images import Parts
from preau.media.models import Marking

FEW, MANY = 8, 12  # squares along the short and the long side of a picture
SQUARE = re.compile(r"(\d{1,2})\.(\d{1,2})")
BLURRED = "C’est effacé pour de bon dans la photo. Regardez-la avant de publier."


@signed_in("GET", "POST")
def picture_hide(request, picture_id):
    """The picture cut in squares: those that are chosen are blurred, or kept alone."""
    post, picture = _own(request, picture_id)
    rows, columns = (FEW, MANY) if picture.width >= picture.height else (MANY, FEW)
    if request.method == "POST":
        chosen = (SQUARE.fullmatch(text) for text in request.POST.getlist("square"))
        squares = {(int(one[1]), int(one[2])) for one in chosen if one}
        parts = Parts(
            rows, columns, frozenset((row, column) for row, column in squares if row < rows and column < columns)
        )
        crops = request.POST.get("act") == "crop"

        def hide():
            return actions.hide_on_picture(
                person=request.person, post=post, picture=picture, parts=parts, crops=crops, now=now()
            )

        press(request, hide, BLURRED)
        return redirect("posts:picture_hide", picture_id=picture.pk)
    squares = [(f"{row}.{column}", row + 1, column + 1) for row in range(rows) for column in range(columns)]
    to_hide = accords.to_hide(request.person, [Scope(post.scope)], post.publication.place, localdate())
    context = {"post": post, "picture": picture, "squares": squares, "is_wide": columns == MANY, "to_hide": to_hide}
    return render(request, "posts/picture_hide.html", context)


@signed_in("GET", "POST")
def picture_children(request, picture_id):
    """Which children are on it: said only so that it can be refused, or taken back."""
    post, picture = _own(request, picture_id)
    children = list(accords.markable(request.person, post, localdate()))
    marked = list(Marking.objects.filter(picture=picture).values_list("child", flat=True))
    form = ChildrenForm(request.POST if request.method == "POST" else None, children=children, marked=marked)

    def mark(children):
        actions.mark_on_picture(person=request.person, post=post, picture=picture, children=children, now=now())

    if request.method == "POST" and submit(request, form, mark):
        messages.success(request, "C’est noté. Personne d’autre que vous et la direction ne le lit.")
        return redirect("posts:post_detail", post_id=post.pk)
    context = {"post": post, "picture": picture, "form": form}
    return render(request, "posts/picture_children.html", context, status=422 if form.errors else 200)


def _own(request, picture_id):
    """A picture of one's own post, as one sees it; 404 otherwise."""
    post = shown_or_told(request, "publication__pictures", picture_id)
    require(rules.can_edit_post(request.person, post, localdate()))
    picture = next((one for one in pictures_of(post) if one.pk == picture_id), None)
    if picture is None:
        raise Http404
    return post, picture
