"""The video of a post, and the same in LSF: joined and taken out by its author, seen by who reads it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from preau.ent.posts import accords, actions, files, queries, rules
from preau.ent.posts.forms import HeardForm, VideoForm
from preau.ent.posts.models import Scope
from preau.ent.posts.views.spaces import visible_post
from preau.kit.answers import require
from preau.kit.files import send_given, send_shown
from preau.kit.money import NBSP
from preau.kit.views import press, signed_in, submit
from preau.media.fields import VIDEO_BYTES, offers_videos
from preau.media.models import Accord
from preau.media.queries import given_to
from preau.people.models import PupilEntry
from preau.schools.queries.displays import reads_what_is_said

REMOVED = "La vidéo est retirée. Elle est effacée pour de bon."
JOINED = f"La vidéo est envoyée. Elle est en préparation{NBSP}: elle sera visible dans quelques minutes."


@signed_in("GET", "POST", takes=VIDEO_BYTES)
def video_edit(request, post_id, is_in_lsf=False):
    """A video to choose; or, once there is one, how it is and what one hears in it."""
    post, videos, video = _asked(request, post_id, is_in_lsf)
    if request.method == "GET" and is_in_lsf and (videos.video is None or videos.video.refused_at):
        return redirect("posts:video_edit", post_id=post.pk)
    if video is None or video.refused_at:
        return _join(request, post, is_in_lsf)
    sent = request.POST if request.method == "POST" else None
    form = HeardForm(sent, asks_words=_asks_words(post, is_in_lsf), initial={"heard": video.heard})

    def describe(heard):
        return actions.describe_video(person=request.person, video=video, heard=heard, now=now())

    if request.method == "POST" and submit(request, form, describe):
        messages.success(request, "C’est gardé. Ce texte se lit sous la vidéo.")
        return redirect("posts:post_detail", post_id=post.pk)
    return _page(request, post, is_in_lsf, form)


@signed_in("POST")
def video_removal(request, post_id, is_in_lsf=False):
    """Out of the post."""
    post, _, video = _asked(request, post_id, is_in_lsf)
    if video is None:
        raise Http404
    press(request, lambda: actions.remove_video(person=request.person, video=video, now=now()), REMOVED)
    return redirect("posts:video_edit", post_id=post.pk)


@signed_in(for_pupils=PupilEntry.Way)
def post_video(request, video_id):
    """The video itself, whole or the part that a player asks for."""
    return send_given(request, files.VIDEO, video_id, given_to(rules.post_videos_visible_to, request.person, video_id))


@signed_in(for_pupils=PupilEntry.Way)
def video_poster(request, video_id):
    """Its first image."""
    given = given_to(rules.post_videos_visible_to, request.person, video_id, shown="poster_path")
    return send_shown(request, files.POSTER, video_id, given)


def _asked(request, post_id, is_in_lsf):
    post = visible_post(request, post_id)
    require(rules.can_join_files(request.person, post, localdate()))
    videos = queries.videos_of(post)
    return post, videos, videos[is_in_lsf]


def _asks_words(post, is_in_lsf):
    return not is_in_lsf and reads_what_is_said(post.publication.place, localdate())


def _join(request, post, is_in_lsf):
    person, today, place = request.person, localdate(), post.publication.place
    scopes, refused = [Scope(post.scope)], queries.videos_of(post)[is_in_lsf]
    unseen = accords.to_hide(person, scopes, place, today)
    unheard = accords.to_hide(person, scopes, place, today, kind=Accord.Kind.VOICE)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    said = {"asks_words": _asks_words(post, is_in_lsf), "initial": {"heard": refused.heard if refused else ""}}
    form = VideoForm(*sent, unseen=unseen, unheard=unheard, **said)

    def join(video, heard, **declared):
        said = {"heard": heard, "is_declared": all(declared.values()), "is_in_lsf": is_in_lsf}
        return actions.join_video(person=person, post=post, document=video, now=now(), **said)

    if submit(request, form, join):
        messages.success(request, JOINED)
        return redirect("posts:post_detail", post_id=post.pk)
    return _page(request, post, is_in_lsf, form, unseen=unseen, unheard=unheard)


def _page(request, post, is_in_lsf, form, **more):
    videos = queries.videos_of(post)
    context = {
        "post": post, "place": post.publication.place, "videos": videos, "video": videos[is_in_lsf], "form": form,
        "is_in_lsf": is_in_lsf, "can_film": offers_videos(), **more,
    }  # fmt: skip
    return render(request, "posts/video_edit.html", context, status=422 if form.errors else 200)
