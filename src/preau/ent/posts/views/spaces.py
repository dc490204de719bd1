"""From an address to a space that the person may enter; the same for every view of the room."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from preau.ent.comments.queries import is_discussed
from preau.ent.posts import accords, queries, rules
from preau.ent.posts.models import Post, PostVersion, Scope
from preau.ent.posts.queries.who import who_will_see
from preau.ent.thanks.queries import thanked_by
from preau.kit.rooms.doors import tabs_of
from preau.media.models import Accord, Picture
from preau.places.models import kind_of
from preau.spaces import audiences
from preau.spaces.naming import own_life_address
from preau.spaces.queries.stops import with_opening
from preau.spaces.rules import spaces_visible_to, tell_why
from preau.spaces.rules.single import ReadOne


def entered(request, kind, place_id):
    """The place; 404 when the space is not theirs."""
    return get_object_or_404(with_opening(spaces_visible_to(request.person, kind, localdate())), pk=place_id)


def tabbed(request, place):
    """The tabs of the space, for its page and those under it."""
    return {"tabs": tabs_of(kind_of(place), place, person=request.person, today=localdate(), path=request.path)}


def visible_post(request, post_id, memberships=None):
    """A post the person may read, with all that its page shows; 404 otherwise. Who read it before it was recalled is
    told so. `memberships` spares a second read."""
    return shown_or_told(request, "pk", post_id, memberships)


def shown_or_told(request, path, thing_id, memberships=None):
    """The post whose `path` leads to this id, when the person may read it; with its `life_url`, empty when the person
    may not enter its space."""
    today, person = localdate(), request.person
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    post = next(iter(_POST.rows(person, thing_id, today, memberships, key=(path,))), None)
    if post is None:
        tell_why(person, today, **{f"post__{path}": thing_id})
        raise Http404
    queries.join_pictures([post], today)
    post.life_url = own_life_address(post.publication.place, memberships)
    return post


def _posts(readable, person, thing, path):
    posts = queries.with_videos(queries.with_publication(Post.objects.filter(readable, (path, thing))))
    posts = posts.annotate(is_thanked=thanked_by(person), is_discussed=is_discussed())
    return posts.annotate(is_changed=Exists(PostVersion.objects.filter(post=OuterRef("pk"))))


_POST = ReadOne(_posts)


def before_publishing(person, post, today, to_hide=None):
    """What is shown of a post on its way: who will see it, and whether a head decides first. `to_hide` spares a second
    read."""
    place, scope = post.publication.place, Scope(post.scope)
    return {
        "whos": [who_will_see(scope, place, today)],
        "waits_for_head": rules.needs_the_head(person, place, scope, today),
        "held": accords.why_text_held(post, today),
        **_showing(person, post, today, to_hide),
    }


def _showing(person, post, today, to_hide):
    """With pictures or a video, whom they may not show, and what keeps them from going out as they are."""
    if not queries.pictures_of(post) and not queries.videos_of(post):
        return {}
    to_hide = hidden_of(person, post, today) if to_hide is None else to_hide
    owes = owes_word(post, to_hide)
    blocked = accords.can_show_read(post, owes)
    return {"to_hide": to_hide, "asks_declaration": owes and not post.no_child_declared_at, "blocked": blocked}


def hidden_of(person, post, today):
    """Whom a picture of this post may not show, as the person is told."""
    return accords.to_hide(person, [Scope(post.scope)], post.publication.place, today)


def owes_word(post, to_hide):
    """Whether a picture goes out only with its author's word: `accords.owes_declaration` of what `hidden_of` read."""
    return post.scope == Scope.PUBLIC or any(to_hide)


def looking_over(reader, item, files):
    """Of a post already read, for who answers for it: the children left without accord since, and the photos that
    nobody reads for now. `files`: those of the post."""
    post, today = item.post, reader.today
    if not rules.can_declare_again(reader.person, post, today, edits=item.allowed["edit"]):
        return {}
    kept = list(Picture.objects.filter(publication=post.publication_id).order_by("position", "id"))
    has_video = bool(queries.videos_of(post))
    has_voice = has_video or any(file.kind == file.Kind.VOICE and not file.refused_at for file in files)
    if not kept and not has_voice:
        return {}
    shown = {picture.pk for picture in queries.pictures_of(post)}
    withheld = [picture for picture in kept if picture.withheld_at]
    concerned = {Accord.Kind.IMAGE: kept or has_video, Accord.Kind.VOICE: has_voice}
    taken = accords.taken_from(post, [kind for kind, has_some in concerned.items() if has_some], today)
    return {
        "taken": taken.get(Accord.Kind.IMAGE),
        "unheard": taken.get(Accord.Kind.VOICE),
        "withheld": withheld,
        "hidden_count": sum(picture.pk not in shown and not picture.withheld_at for picture in kept),
    }


def reads_links(memberships):
    """Links that leave Préau are for adults (trust.md R17)."""
    return not any(m.profile == audiences.Profile.PUPIL for m in memberships)
