"""Files of a post: joined and taken out by its author, opened by who reads it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.posts import accords, actions, files, queries, rules
from preau.ent.posts.forms import FilesForm
from preau.ent.posts.models import MOST_FILES, PostFile, Scope
from preau.ent.posts.views.spaces import visible_post
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.files import send_given
from preau.kit.money import NBSP
from preau.kit.rows import is_among
from preau.kit.views import press, signed_in, submit
from preau.media.actions import note_dangerous
from preau.media.fields import is_dangerous, offers_videos
from preau.media.models import Accord
from preau.media.queries import given_to
from preau.people.models import PupilEntry


@signed_in("GET", "POST", takes=of_files(MOST_FILES + 1))
def post_files(request, post_id):
    """Those already there, in whatever state, and others."""
    person, today = request.person, localdate()
    post = visible_post(request, post_id)
    require(rules.can_join_files(person, post, today))
    place = post.publication.place
    unheard = accords.to_hide(person, [Scope(post.scope)], place, today, kind=Accord.Kind.VOICE)
    form = FilesForm(*((request.POST, request.FILES) if request.method == "POST" else ()), unheard=unheard)
    if submit(request, form, lambda **sent: _join(person, post, sent)):
        messages.success(request, f"C’est joint{NBSP}: toute personne qui lit cette publication peut l’ouvrir.")
        return redirect("posts:post_files", post_id=post.pk)
    if is_dangerous(form):
        note_dangerous(person=person, school=post.school, now=now())
    context = {"post": post, "place": place, "files": list(post.files.order_by("id")), "form": form}
    context |= {
        "most": MOST_FILES,
        "unheard": unheard,
        "video": queries.videos_of(post).video,
        "can_film": offers_videos(),
    }
    return render(request, "posts/post_files.html", context, status=422 if form.errors else 200)


@signed_in("POST")
def file_removal(request, post_file_id):
    """Out of the post."""
    visible = PostFile.objects.filter(is_among("post", rules.posts_visible_to(request.person, localdate())))
    file = get_object_or_404(visible, pk=post_file_id)
    file.post = visible_post(request, file.post_id)
    require(rules.can_join_files(request.person, file.post, localdate()))
    said = f"«{NBSP}{file.label}{NBSP}» est retiré."
    press(request, lambda: actions.remove_file(person=request.person, file=file, now=now()), said)
    return redirect("posts:post_files", post_id=file.post_id)


@signed_in(for_pupils=PupilEntry.Way)
def post_file(request, post_file_id):
    """What is joined to a post; its voices alone, to a pupil in without account."""
    is_pupil = getattr(request, "pupil_entry", None) is not None
    visible = rules.post_voices_visible_to if is_pupil else rules.post_files_visible_to
    given = given_to(visible, request.person, post_file_id)
    return send_given(request, files.POST, post_file_id, given)


def _join(person, post, sent):
    words = sent.get("heard", "")
    heard = [words if document.kind == PostFile.Kind.VOICE else "" for document, _ in sent["files"]]
    declared = sent.get("no_voice", False)
    return actions.join_files(
        person=person, post=post, files=sent["files"], heard=heard, is_declared=declared, now=now()
    )
