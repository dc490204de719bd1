"""« Publier »: one page, the text and the pictures, who will see."""

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime, now

from preau.ent.posts import accords, actions, queries, rules
from preau.ent.posts.actions import NewPicture
from preau.ent.posts.forms import KEEPS, Later, PostForm, PostTextForm
from preau.ent.posts.queries.who import who_would_see
from preau.ent.posts.views.spaces import before_publishing, entered, hidden_of, owes_word, tabbed, visible_post
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.views import sent_form, signed_in, submit
from preau.media.actions import MAX_PICTURES
from preau.media.fields import PicturesForm
from preau.schools.actions import Held
from preau.spaces.actions import NotOpen, PlaceStopped
from preau.spaces.models import Publication
from preau.spaces.naming import life_address, words
from preau.spaces.queries import stops

CHANGED = "C’est changé. La publication se lit ainsi dès maintenant."
KEPT = "C’est gardé en brouillon. Personne d’autre ne le voit\u00a0: relisez, puis publiez."


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def classroom_publish(request, classroom_id):
    return _publish(request, "classroom", classroom_id)


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def group_publish(request, group_id):
    return _publish(request, "group", group_id)


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def school_publish(request, school_id):
    return _publish(request, "school", school_id)


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def afterschool_publish(request, afterschool_id):
    return _publish(request, "afterschool", afterschool_id)


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def network_publish(request, network_id):
    return _publish(request, "network", network_id)


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def city_publish(request, city_id):
    return _publish(request, "city", city_id)


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def post_edit(request, post_id):
    """Changing a draft, or what is already read."""
    today = localdate()
    post = visible_post(request, post_id)
    require(rules.can_edit_post(request.person, post, today))
    item, to_hide = queries.item_of(post), hidden_of(request.person, post, today)
    owes = owes_word(post, to_hide)
    form = PostTextForm(*sent_form(request), item=item, owes_declaration=owes)
    place = post.publication.place
    if submit(request, form, lambda **values: _edit(request.person, item, values)):
        is_read = post.publication.state == Publication.State.PUBLISHED
        messages.success(request, CHANGED if is_read else KEPT)
        return redirect("posts:post_detail", post_id=post.pk)
    context = {
        "form": form, "item": item, "place": place, "words": words(place),
        "kept": form.read_again() if form.non_field_errors() else None,
        "to_hide": to_hide if owes else [],
    }  # fmt: skip
    if rules.can_discard_post(request.person, post, today):  # a draft: nobody sees it yet
        context |= before_publishing(request.person, post, today, to_hide)
    return render(request, "posts/post_edit.html", context, status=422 if form.errors else 200)


@signed_in("GET", "POST")
def post_schedule(request, post_id):
    """« Publier plus tard », or at another hour: the day and the hour when a draft leaves."""
    person, today = request.person, localdate()
    post = visible_post(request, post_id)
    require(rules.can_schedule_post(person, post, today))
    item, place = queries.item_of(post), post.publication.place
    shown = before_publishing(person, post, today)
    asks = bool(item.pictures) and owes_word(post, shown["to_hide"])
    at = localtime(post.leaves_at) if post.leaves_at else None
    initial = {"seen": item.seen} | ({"day": at.date(), "hour": at.time()} if at else {})
    form = Later(request.POST if request.method == "POST" else None, asks_declaration=asks, initial=initial)

    def schedule(leaves_at, no_child=False, seen="", **_):
        sent = {"leaves_at": leaves_at, "no_child_declared": no_child, "seen": seen}
        return actions.schedule_post(person=person, post=post, now=now(), **sent)

    if submit(request, form, schedule):
        messages.success(
            request, f"C’est noté. Cela partira {post.leaves_text}. D’ici là, personne d’autre ne le voit."
        )
        return redirect("posts:post_detail", post_id=post.pk)
    context = {"form": form, "item": item, "place": place, "words": words(place), **shown}
    return render(request, "posts/post_schedule.html", context, status=422 if form.errors else 200)


def _edit(person, item, values):
    return actions.edit_post(
        person=person,
        post=item.post,
        text=values["text"],
        now=now(),
        added=[NewPicture(*picture) for picture in PicturesForm.sent(values)],
        described={p: values[f"alt_{p.pk.hex}"] for p in item.pictures if not _removed(values, p)},
        removed=[p for p in item.pictures if _removed(values, p)],
        no_child_declared=values.get("no_child", False),
        seen=values["seen"],
        question=values.get("question"),
    )


def _publish(request, kind, place_id):
    today, person = localdate(), request.person
    place = entered(request, kind, place_id)
    require(rules.can_publish_in(person, place, None, today))
    scopes = rules.scopes_open_to(person, place, today)
    to_hide = accords.to_hide(person, scopes, place, today)
    form = PostForm(*sent_form(request), scopes=scopes, place=place, to_hide=to_hide, initial={"scope": scopes[0]})
    write = _write_for(request.POST.get("act"))
    if post := submit(request, form, lambda **values: _write_or_keep(request, write, place, values)):
        if request.POST.get("act") == "hide":
            return redirect("posts:post_detail", post_id=post.pk)
        return redirect(f"{life_address(place)}?fait={post.pk}")
    context = tabbed(request, place) | {
        "form": form,
        "place": place,
        "words": words(place),
        "life_url": life_address(place),
        "whos": who_would_see(scopes, place, today),
        "to_hide": to_hide,
        "awaited": stops.opening_awaited(place),
        "waits_for_head": rules.needs_the_head(person, place, scopes[0], today),
    }
    return render(request, "posts/publish.html", context, status=422 if form.errors else 200)


def _write_for(act):
    if act in KEEPS:
        return actions.write_post
    return actions.write_for_later if act == "later" else actions.publish_post


def _write_or_keep(request, write, place, values):
    """While a reader's part is stopped, a school not open yet, or a public text to confirm, what was written is a
    draft: nothing is lost."""
    try:
        return _write(write, request.person, place, values)
    except (Held, NotOpen, PlaceStopped) as held:
        messages.error(request, f"{held.reason} C’est gardé en brouillon.")
        return _write(actions.write_post, request.person, place, values)


def _write(write, person, place, values):
    sent = {
        "person": person, "place": place, "scope": values["scope"], "text": values["text"], "now": now(),
        "pictures": [NewPicture(*picture) for picture in PicturesForm.sent(values)],
        "no_child_declared": values.get("no_child", False), "once": values["once"],
        "question": values.get("question", ""),
    }  # fmt: skip
    if write is actions.write_for_later:
        sent["leaves_at"] = values["leaves_at"]
    try:
        return write(**sent)
    except IntegrityError:  # the same sending, twice at the same instant: the other one has just written it
        return write(**sent)


def _removed(values, picture):
    return values.get(f"remove_{picture.pk.hex}", False)
