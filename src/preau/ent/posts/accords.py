"""The « accord de diffusion » where a post meets it: which children its pictures may not show (decision 0036)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import uuid4

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from preau.ent.posts.models import Post, PostFile, PostVideo, Scope
from preau.ent.posts.queries import pictures_of
from preau.kit.answers import Answer, No, Yes
from preau.kit.prepared import Asked, Prepared, PreparedOf
from preau.media.models import Accord, Perimeter, Picture
from preau.media.queries.accords import has_unshowable, lacks_accord, taken_back, without_accord
from preau.people.models import TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom, Group
from preau.schools.models import Enrolment, GroupMember
from preau.schools.queries.listed import pupils_of
from preau.schools.queries.named import why_held

READS_LIST = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
MARKED = No(
    "Un enfant sans accord de diffusion est sur l’une de ces photos\u00a0: floutez-la, recadrez-la ou retirez-la."
)
UNDECLARED = No(
    "Des enfants n’ont pas d’accord de diffusion. Dites qu’aucun d’eux n’est reconnaissable sur ces photos, ou "
    "floutez-les."
)
LOOK_AGAIN = No(
    "Un accord de diffusion a été retiré depuis que vous avez préparé ces photos\u00a0: regardez-les, floutez ou "
    "retirez celles où l’on reconnaît l’enfant."
)
LISTEN_AGAIN = No(
    "Un accord pour la voix a été retiré depuis que ce son a été joint\u00a0: réécoutez-le et retirez-le. Si l’enfant "
    "ne s’y entend pas, joignez-le de nouveau."
)
NOT_WRITTEN = "Écrivez ce qu’on y entend\u00a0: un élève de cette publication lit ce qui se dit."
UNSEEN = No("Des enfants n’ont pas d’accord pour leur image\u00a0: dites qu’aucun d’eux n’est reconnaissable.")
UNHEARD = No("Des enfants n’ont pas d’accord pour leur voix\u00a0: dites qu’aucun d’eux ne s’entend.")


def perimeter_of(scope: str, place) -> Perimeter:
    """Who sees a picture of this scope: a class, everyone, else the school, as a dispositif crosses classes."""
    if scope == Scope.PUBLIC:
        return Perimeter.PUBLIC
    return Perimeter.CLASS if isinstance(place, Classroom) else Perimeter.SCHOOL


def children_to_hide(scope: str, place, today: datetime.date, kind: str = Accord.Kind.IMAGE) -> QuerySet[Person]:
    """Those who may not be shown, or heard, to the people of this scope."""
    return without_accord(pupils_of(place, today), kind, perimeter_of(scope, place), today)


def with_taken(posts: QuerySet[Post], near: Q, today: datetime.date) -> QuerySet[Post]:
    """Posts to filter by `taken`: since its photos, its video or its voices were declared, or shown, a child of the
    place was left without accord; or its photos are to be declared again. Somebody looks, or listens, for that
    child. `near`: of posts, those whose place may have such a child (`places_with_taken_back`); no other is asked."""
    far = Case(
        When(scope=Scope.PUBLIC, then=Value(Perimeter.PUBLIC)),
        When(publication__classroom__isnull=False, then=Value(Perimeter.CLASS)),
        default=Value(Perimeter.SCHOOL),
    )
    posts = posts.alias(since=Coalesce("no_child_declared_at", "publication__published_at"), far=far)
    pictures = Picture.objects.filter(publication=OuterRef("publication"))
    withheld = Exists(pictures.exclude(withheld_at=None))
    films = Exists(PostVideo.objects.filter(post=OuterRef("pk"), refused_at=None))
    voices = Exists(PostFile.objects.filter(post=OuterRef("pk"), kind=PostFile.Kind.VOICE, refused_at=None))
    image = (Exists(pictures) | films) & Exists(_taken_back_here(Accord.Kind.IMAGE, today))
    voice = (voices | films) & Exists(_taken_back_here(Accord.Kind.VOICE, today))
    return posts.alias(taken=withheld | near & (image | voice))


def _taken_back_here(kind, today):
    """Within a query of posts that have `since` and `far`."""
    taken = taken_back(OuterRef("since"), OuterRef("far"), kind)
    taken = taken.annotate(far=ExpressionWrapper(OuterRef("far"), output_field=SmallIntegerField()))
    return taken.filter(_is_here(today), lacks_accord("child", kind, "far", today))


def _is_here(today):
    """Of an accord, within a query of posts: that its child is of the place where the post is."""
    place = {name: OuterRef(OuterRef(f"publication__{name}")) for name in ("classroom", "school", "group")}
    enrolled = Enrolment.objects.current(today).filter(pupil=OuterRef("child"))
    enrolled = enrolled.filter(Q(classroom=place["classroom"]) | Q(school=place["school"]))
    return Exists(enrolled) | Exists(
        GroupMember.objects.current(today).filter(pupil=OuterRef("child"), group=place["group"])
    )


def taken_from(post: Post, kinds: Iterable[str], today: datetime.date) -> dict[str, list[Person]]:
    """{kind of accord: the children of its place left without it since then, by name}; one query."""
    place, kinds = post.publication.place, tuple(kinds)
    since = post.no_child_declared_at or post.publication.published_at
    prepared = _left_without(type(place), perimeter_of(post.scope, place), kinds, today)
    found = prepared.rows(place.pk, since)
    return {kind: [child for child in found if getattr(child, f"lost_{kind}")] for kind in kinds}


@lru_cache(maxsize=32)
def _left_without(model, perimeter, kinds, today):
    """The same of a place of this kind, by its id, since an instant: its SQL takes longer to write than to answer."""
    place = model(pk=uuid4())
    lost = {f"lost_{kind}": _was_left_without(Asked(1, DateTimeField), perimeter, kind, today) for kind in kinds}
    asked = {name: ExpressionWrapper(one, output_field=BooleanField()) for name, one in lost.items()}
    children = pupils_of(place, today).annotate(**asked).filter(Q(*lost.values(), _connector=Q.OR))
    return Prepared(_by_name(children), {place.pk: 0})


def _was_left_without(since, perimeter, kind, today):
    """Of a child: an accord within this perimeter was taken back since then, and lacks."""
    taken = taken_back(since, perimeter, kind).filter(child=OuterRef("pk"))
    return Q(lacks_accord("pk", kind, perimeter, today)) & Q(Exists(taken))


def _has_left_someone(post, since, kind, today):
    place = post.publication.place
    left = _was_left_without(since, perimeter_of(post.scope, place), kind, today)
    return pupils_of(place, today).filter(left).exists()


def can_leave_alone(post: Post, today: datetime.date) -> Answer:
    """What was prepared goes out with nobody there to look: no accord for the image was taken back since its author
    looked. For the voice, `is_still_heard` tells, whoever publishes."""
    looked = post.no_child_declared_at or post.scheduled_at
    has_video = PostVideo.objects.filter(post=post, refused_at=None).exists()
    is_seen = has_video or Picture.objects.filter(publication=post.publication).exists()
    return LOOK_AGAIN if is_seen and _has_left_someone(post, looked, Accord.Kind.IMAGE, today) else Yes()


def is_still_heard(post: Post, today: datetime.date) -> Answer:
    """A draft, to its audience: no accord for the voice was taken back since the first of its sounds was joined."""
    sent = [file.sent_at for file in post.files.all() if file.kind == PostFile.Kind.VOICE and not file.refused_at]
    sent += PostVideo.objects.filter(post=post, refused_at=None).values_list("sent_at", flat=True)
    return LISTEN_AGAIN if sent and _has_left_someone(post, min(sent), Accord.Kind.VOICE, today) else Yes()


@dataclass(frozen=True)
class ToHide:
    """What somebody who publishes is told: by name, the children whose list they read; others are there or not."""

    scopes: tuple[Scope, ...]
    children: tuple[Person, ...]
    has_others: bool = False

    def __bool__(self):
        return bool(self.children) or self.has_others


def to_hide(
    person: Person, scopes: list[Scope], place, today: datetime.date, kind: str = Accord.Kind.IMAGE
) -> list[ToHide]:
    """For each perimeter of these scopes, whom a picture, or a voice, may not show; one query each."""
    by_perimeter: dict = {}
    for scope in scopes:
        if scope.shows_pictures_in(place):
            by_perimeter.setdefault(perimeter_of(scope, place), []).append(scope)
    return [_named(person, tuple(those), place, today, kind) for those in by_perimeter.values()]


def _named(person, scopes, place, today, kind):
    listed = _listed_to(person, place, today)
    if listed is None:
        return ToHide(scopes, tuple(_TO_HIDE.rows(place.pk, key=(type(place), scopes[0], today, kind))))
    children = _by_name(children_to_hide(scopes[0], place, today, kind))
    found = list(children.annotate(is_listed=ExpressionWrapper(listed, output_field=BooleanField())))
    named = tuple(child for child in found if child.is_listed)
    return ToHide(scopes, named, len(named) < len(found))


def _by_name(children):
    return children.order_by("first_name", "sort_key", "id")


_TO_HIDE = PreparedOf(
    lambda place, model, scope, today, kind: _by_name(children_to_hide(scope, model(pk=place), today, kind))
)


def _listed_to(person, place, today):
    """Of the children of this place, those whose list the person reads; None when it is all of them."""
    if isinstance(place, Classroom | Group) or HEADS.covers(person, place, today):
        return None
    taught = Enrolment.objects.current(today).filter(READS_LIST.where(person, today, "classroom"))
    return Q(pk__in=taught.values("pupil"))


def can_show(post: Post, today: datetime.date) -> Answer:
    """Its pictures and its video, to its audience: no child without accord marked on one, and its author has said that
    none of those children can be recognised; on the public site it is said whatever the answers. Four queries."""
    publication = post.publication
    has_pictures = Picture.objects.filter(publication=publication).exists()
    is_unshowable = has_pictures and has_unshowable(publication, today)
    return _shown(post, has_pictures, is_unshowable, lambda: owes_declaration(post, today))


def can_show_read(post: Post, owes: bool) -> Answer:
    """The same of a post that is prepared, on a page that has read its pictures (`queries.join_pictures`) and whether
    it `owes` its author's word; no query with a picture, one without."""
    pictures = pictures_of(post)
    return _shown(post, bool(pictures), any(one.is_unshowable for one in pictures), lambda: owes)


def _shown(post, has_pictures, is_unshowable, owes):
    if is_unshowable:
        return MARKED
    shows = has_pictures or PostVideo.objects.filter(post=post, refused_at=None).exists()
    if not shows or post.no_child_declared_at or not owes():
        return Yes()
    return UNDECLARED if has_pictures else UNSEEN


def why_text_held(post: Post, today: datetime.date) -> str:
    """Why a text for the public site waits to be confirmed; empty for any other."""
    publication = post.publication
    if post.scope != Scope.PUBLIC:
        return ""
    alts = (picture.alt for picture in pictures_of(post))
    return why_held("\n".join([post.text, publication.question, *alts]), publication.place, today)


def can_be_filmed(post: Post, today: datetime.date) -> Answer:
    """A video, seen and heard by its audience, without its author's word about either; two queries at most."""
    if children_to_hide(post.scope, post.publication.place, today).exists():
        return UNSEEN
    return can_be_heard(post, today)


def can_be_heard(post: Post, today: datetime.date) -> Answer:
    """A voice, by its audience, without its author's word that no child without accord is heard; one query."""
    hidden = children_to_hide(post.scope, post.publication.place, today, Accord.Kind.VOICE)
    return UNHEARD if hidden.exists() else Yes()


def owes_declaration(post: Post, today: datetime.date) -> bool:
    """Whether a picture of this post may go out only with its author's word."""
    return post.scope == Scope.PUBLIC or children_to_hide(post.scope, post.publication.place, today).exists()


def markable(person: Person, post: Post, today: datetime.date) -> QuerySet[Person]:
    """The children whom this person may say are on a picture of this post, and whether each `lacks` an accord."""
    place = post.publication.place
    listed = _listed_to(person, place, today)
    children = pupils_of(place, today).filter(Q() if listed is None else listed)
    lacks = lacks_accord("pk", Accord.Kind.IMAGE, perimeter_of(post.scope, place), today)
    lacks = ExpressionWrapper(lacks, output_field=BooleanField())
    return children.annotate(lacks=lacks).order_by("first_name", "sort_key", "id")
