"""One post alone, and one of its pictures."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate, now

from preau.ent.comments.rules import can_open, can_read_discussion
from preau.ent.posts import queries, rules
from preau.ent.posts.stream import with_acts
from preau.ent.posts.views.spaces import before_publishing, looking_over, reads_links, shown_or_told, visible_post
from preau.ent.thanks.rules import can_thank
from preau.kit.answers import require
from preau.kit.views import signed_in
from preau.spaces import audiences
from preau.spaces.kinds import Reader
from preau.spaces.naming import words
from preau.spaces.queries.links import links_to

MOST_VERSIONS = 50  # on one page


@signed_in(is_family=True)
def post_detail(request, post_id):
    """One post, as its readers see it, with what its author or the head may do."""
    today = localdate()
    memberships = audiences.memberships_of(request.person, today)
    post = visible_post(request, post_id, memberships)
    reader = Reader(request.person, today, now(), acts=True)
    (item,) = with_acts([queries.item_of(post)], reader)
    place = post.publication.place
    files = list(post.files.order_by("id")) if rules.joins_files(post.scope, place) else []
    context = {
        "item": item,
        "files": [file for file in files if file.ready_at],
        "place": place,
        "now": reader.now,
        "words": words(place),
    }
    context["videos"] = queries.videos_of(post)
    context |= {"links": reads_links(memberships), "opens_comments": can_open(request.person, post.publication, today)}
    context["is_discussed"] = post.is_discussed and can_read_discussion(request.person, post.publication, today)
    if not post.life_url and request.GET.get("fait") == str(post.pk):  # else the life of its space says it
        context["just_done"] = item
    if can_thank(request.person, post.publication, today, memberships=memberships):
        context |= {"thanks": True, "item": replace(item, is_thanked=post.is_thanked)}
    if post.told_week:
        context["told"] = links_to(queries.told_by(post), request.person, today, memberships=memberships)
    if rules.can_read_history(request.person, post, today):
        context["has_history"] = post.is_changed
    if item.allowed["publish"] or item.allowed["confirm"]:
        context |= before_publishing(request.person, post, today)
    return render(request, "posts/post_detail.html", context | looking_over(reader, item, files))


@signed_in()
def post_history(request, post_id):
    """What a post was before each change, newest first, for who answers for it."""
    post = visible_post(request, post_id)
    require(rules.can_read_history(request.person, post, localdate()))
    versions = post.versions.select_related("changed_by").order_by("-until", "-id")[:MOST_VERSIONS]
    context = {"post": post, "place": post.publication.place, "versions": versions}
    return render(request, "posts/post_history.html", context)


@signed_in(is_family=True)
def picture_detail(request, picture_id):
    """One picture of a post with what is said there, and links to the others; page.js shows its figure in a dialog."""
    item = queries.item_of(shown_or_told(request, "publication__pictures", picture_id))
    place = item.publication.place
    rank = next((rank for rank, picture in enumerate(item.pictures) if picture.pk == picture_id), None)
    if rank is None:
        raise Http404  # taken back
    context = {
        "item": item, "picture": item.pictures[rank], "number": rank + 1, "place": place, "words": words(place),
        "before": item.pictures[rank - 1] if rank else None,
        "after": item.pictures[rank + 1] if rank + 1 < len(item.pictures) else None,
        "links": reads_links(audiences.memberships_of(request.person, localdate())), "now": now(),
    }  # fmt: skip
    return render(request, "posts/picture_detail.html", context)
