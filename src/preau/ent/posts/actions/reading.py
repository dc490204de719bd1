"""A post as it is now, kept from other writers, against what the page showed of it; and what it was."""

from django.utils.timezone import localdate

from preau.ent.posts import queries, rules
from preau.ent.posts.models import PostFile, PostVersion, PostVideo
from preau.kit.answers import Conflict, require
from preau.kit.rows import lock
from preau.media.models import Picture
from preau.spaces.models import Publication

CHANGED = "L’auteur a changé cette proposition depuis que vous l’avez ouverte\u00a0: {}. Relisez, puis décidez."
CHANGED_DRAFT = (
    "Ce brouillon a changé depuis que cette page s’est ouverte\u00a0: {}. Rien n’est publié. Le voici tel qu’il est "
    "gardé\u00a0: relisez, puis publiez."
)
CHANGED_MEANWHILE = (
    "Ce que vous modifiez a changé depuis que vous l’avez ouvert\u00a0: {}. Relisez ce qui est gardé, "
    "reprenez-en ce qu’il faut, puis appuyez sur «\u00a0Garder\u00a0»."
)


def lock_post(*, post):
    """The publication locked, both read again: nothing is judged by what a page showed. Conflict when it is gone."""
    publication = lock(post.publication)
    post.refresh_from_db()
    post.publication = publication


def require_read(*, post, seen, sentence):
    """Conflict, with `sentence`, when the post is no longer what `seen` says."""
    pictures = queries.pictures_to_read(localdate()).filter(publication=post.publication)
    changed = queries.changed_since(seen, queries.seen_of(post, list(pictures)))
    if changed:
        raise Conflict(sentence.format(changed))


def require_open(*, person, post, now):
    """The form took its time: photos are drawn again before they come here."""
    state = post.publication.state
    lock_post(post=post)
    answer = rules.can_edit_post(person, post, localdate(now))
    if not answer and post.publication.state != state:
        raise Conflict(answer.reason)
    require(answer)


def keep_version(*, person, post, now, is_said=True):
    """What is published is about to change: what it was stays for who answers for it. Nothing is kept of a draft.
    `is_said`: readers are told that it changed."""
    if post.publication.state != Publication.State.PUBLISHED:
        return
    pictures = Picture.objects.filter(publication=post.publication).order_by("position", "id")
    PostVersion.objects.create(
        post=post,
        text=post.text,
        question=post.publication.question,
        photos=list(pictures.values_list("alt", flat=True)),
        files=_labels_of(post),
        until=now,
        changed_by=person,
    )
    if is_said:
        post.edited_at = now
        post.save(update_fields=["edited_at"])


def _labels_of(post):
    files = (table.objects.filter(post=post, refused_at=None).order_by("id") for table in (PostFile, PostVideo))
    return [label for those in files for label in those.values_list("label", flat=True)]
