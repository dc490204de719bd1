"""Documents, voices, a video and the same in LSF, joined to a post."""

import datetime
from collections.abc import Iterable
from itertools import zip_longest

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.posts import accords, rules
from preau.ent.posts.actions.reading import keep_version
from preau.ent.posts.models import MOST_FILES, Post, PostFile, PostVideo
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow, require
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.documents import Document
from preau.people.models import Person
from preau.schools.queries.displays import reads_what_is_said

TOO_MANY = f"Une publication a {MOST_FILES} fichiers au plus\u00a0: retirez-en un d’abord."
ONE_VIDEO = "Cette publication a déjà sa vidéo\u00a0: retirez-la d’abord."
ONE_IN_LSF = "Cette vidéo a déjà la même en LSF\u00a0: retirez-la d’abord."
NO_VIDEO = "Joignez d’abord la vidéo elle-même."
TASK = "preau.ent.posts.tasks.settle_file"


@with_its_files()
@transaction.atomic
def join_files(
    *,
    person: Person,
    post: Post,
    files: Iterable[tuple[Document, str]],
    heard: Iterable[str] = (),
    now: datetime.datetime,
    is_declared: bool = False,
) -> Post:
    """Adds files, each with the name it is shown under, to a post written already: who reads it finds them there.
    `is_declared`: its author says that no child without accord is heard; `heard`: in the order of the files, what one
    hears in them. Raises Refused, Conflict."""
    lock(post.publication)
    allow(rules.can_join_files, person, post, now=now)
    files = list(files)
    media.refuse_pictures(files=files)
    if not is_declared and any(document.kind == PostFile.Kind.VOICE for document, _ in files):
        require(accords.can_be_heard(post, localdate(now)))
    keep_version(person=person, post=post, now=now, is_said=False)  # it only says more
    for (document, label), words in zip_longest(files, heard, fillvalue=""):
        if document.kind == PostFile.Kind.VOICE:
            _require_words(post, words, now)
        if post.files.count() >= MOST_FILES:
            raise Conflict(TOO_MANY, "files")
        file = PostFile(post=post, sent_by=person, school=post.school, label=label, heard=words.strip())
        media.keep_joined(joined=file, document=document, now=now)
        media.settle_soon(joined=file, task=TASK)
        _record(person, "post.join_file", file, post, now)
    return post


@transaction.atomic
def remove_file(*, person: Person, file: PostFile, now: datetime.datetime) -> None:
    """Raises Refused, Conflict."""
    lock(file.post.publication)
    allow(rules.can_join_files, person, file.post, now=now)
    file = lock(file)
    keep_version(person=person, post=file.post, now=now)
    _record(person, "post.remove_file", file, file.post, now)
    media.forget_joined(joined=file)


@with_its_files()
@transaction.atomic
def join_video(
    *,
    person: Person,
    post: Post,
    document: Document,
    now: datetime.datetime,
    heard: str = "",
    is_declared: bool = False,
    is_in_lsf: bool = False,
) -> PostVideo:
    """Gives a post its video, that a job writes again. `heard`: what one hears in it. `is_declared`: its author says
    that no child without accord is recognised, nor heard. `is_in_lsf`: the same in LSF, beside the video that is there.
    One refused is replaced. Raises Refused, Conflict."""
    lock(post.publication)
    allow(rules.can_join_files, person, post, now=now)
    if not is_declared:
        require(accords.can_be_filmed(post, localdate(now)))
    if is_in_lsf and not PostVideo.objects.filter(post=post, is_in_lsf=False, refused_at=None).exists():
        raise Conflict(NO_VIDEO, "video")
    former = PostVideo.objects.filter(post=post, is_in_lsf=is_in_lsf).first()
    if former and not former.refused_at:
        raise Conflict(ONE_IN_LSF if is_in_lsf else ONE_VIDEO, "video")
    if former:
        media.forget_joined(joined=former)
    if not is_in_lsf:
        _require_words(post, heard, now)
    keep_version(person=person, post=post, now=now, is_said=False)  # it only says more
    said = {"label": "Vidéo en LSF" if is_in_lsf else "Vidéo", "heard": heard.strip()}
    video = PostVideo(post=post, sent_by=person, school=post.school, is_in_lsf=is_in_lsf, **said)
    media.keep_joined(joined=video, document=document, now=now)
    if is_declared and not post.publication.pictures.exists():  # photos of the post have their own word
        post.no_child_declared_at = now
        post.save(update_fields=["no_child_declared_at"])
    media.settle_soon(joined=video, task=TASK)
    _record(person, "post.join_video", video, post, now)
    return video


@transaction.atomic
def describe_video(*, person: Person, video: PostVideo, heard: str, now: datetime.datetime) -> PostVideo:
    """Says what one hears in it. Raises Refused, Conflict."""
    lock(video.post.publication)
    allow(rules.can_join_files, person, video.post, now=now)
    post, video = video.post, lock(video)
    if not video.is_in_lsf:
        _require_words(post, heard, now)
    if video.heard != heard.strip():
        video.heard = heard.strip()
        video.save(update_fields=["heard"])
        _record(person, "post.describe_video", video, post, now, ["heard"])
    return video


@transaction.atomic
def remove_video(*, person: Person, video: PostVideo, now: datetime.datetime) -> None:
    """With the same in LSF, which does not stay alone. Raises Refused, Conflict."""
    lock(video.post.publication)
    allow(rules.can_join_files, person, video.post, now=now)
    post, video = video.post, lock(video)
    keep_version(person=person, post=post, now=now)
    for each in PostVideo.objects.filter(post=post, is_in_lsf__gte=video.is_in_lsf):
        _record(person, "post.remove_video", each, post, now)
        media.forget_joined(joined=each)


def settle_files(*, now: datetime.datetime) -> int:
    """Files that the antivirus had not answered for, voices and videos whose job ended half-way. Returns how many are
    settled."""
    return media.settle_waiting(tables=(PostFile, PostVideo), settle=settle_file, now=now)


def settle_file(*, file: PostFile | PostVideo, now: datetime.datetime) -> bool:
    """Makes one file ready, or refuses it."""
    return media.settle_found(joined=file, settle=media.settle_joined, now=now)


def _require_words(post, heard, now):
    if not heard.strip() and reads_what_is_said(post.publication.place, localdate(now)):
        raise Conflict(accords.NOT_WRITTEN, "heard")


def _record(person, verb, file, post, now, fields=()):
    place_id = post.publication.place_id
    record(person_id=person.pk, verb=verb, subject=file, now=now, place_id=place_id, fields=list(fields))
