"""Who may publish where, and who may change or take back what is published."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from preau.ent.posts import accords
from preau.ent.posts.accords import HEADS
from preau.ent.posts.models import Post, PostFile, PostVideo, Scope
from preau.ent.posts.queries import has_lost_video, shows_or_tells
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import in_any, is_among
from preau.media.models import Picture
from preau.media.queries.accords import MEMBERS, places_with_taken_back
from preau.people.models import SITE_WRITERS, TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import AfterSchool, City, Classroom, Group, Network, School
from preau.schools.rules.groups import leads_group
from preau.spaces.models import Publication
from preau.spaces.rules import is_readable, publications_recallable_by

# Who may, by the place where the role is held (people.queries.grounds).
TEACHES = Grounds("classroom", classroom=TEACHER_ROLES)
TEACHES_IN = Grounds("school", school=TEACHER_ROLES)
WRITES_FROM_SITE = Grounds("afterschool", afterschool=SITE_WRITERS)
MANAGES = Grounds("afterschool", afterschool=(Role.SITE_MANAGER,))
WRITES_FOR_NETWORK = Grounds("network", city=(Role.CITY_EDUCATION,))
WRITES_FOR_CITY = Grounds("city", city=(Role.CITY_EDUCATION,))
OF_SCHOOL = ("school", "classroom__school", "group__school")  # from a publication
UNDO_WITHIN = datetime.timedelta(minutes=10)
RECOVER_WITHIN = datetime.timedelta(days=30)
State = Publication.State


def posts_visible_to(person: Person | None, today: datetime.date, *, memberships=None) -> QuerySet[Post]:
    """Posts of the publications the person may read. `memberships` spares a second read."""
    return Post.objects.filter(is_readable(person, today, memberships=memberships))


def posts_to_decide(person: Person, today: datetime.date, recent=None) -> QuerySet[Post]:
    """Not published: the person's own drafts and withdrawn posts, and those a head decides on. `recent`: the instant
    from which what is withdrawn may be put back."""
    return Post.objects.filter(_to_decide(person, today, recent))


def posts_awaiting(person: Person, today: datetime.date, recent=None) -> QuerySet[Post]:
    """The same, those already read whose photos somebody has to look over (`accords.with_taken`), and the person's
    own whose video could not be prepared."""
    author, head = Q(publication__author=person), _headed(person, today)
    mine = author & ~Q(scope=Scope.PUBLIC) | head
    shown = Q(publication__state=State.PUBLISHED) & (mine & Q(taken=True) | author & Q(has_lost_video()))
    near = in_any("publication", *_own_to_look_at(person), *_headed_to_look_at(person, today))
    own = Publication.objects.filter(author=person, state=State.PUBLISHED)
    left = places_with_taken_back({kind: own.values(kind) for kind in MEMBERS}, today)
    left = Q(*((f"publication__{kind}__in", each) for kind, each in left.items()), _connector=Q.OR)
    found = accords.with_taken(Post.objects.filter(near), left | ~author, today)
    return found.filter(shown | _to_decide(person, today, recent))


def _own_to_look_at(person):
    """Lists of ids: of what the person wrote, all that may wait for them. Once published, what shows or tells nothing
    but words does not. Who writes a post alone joins files to it (`can_edit_post`)."""
    unpublished = Publication.objects.filter(~Q(state=State.PUBLISHED), author=person)
    pictures = Picture.objects.filter(publication__author=person)
    voices = PostFile.objects.filter(sent_by=person, kind=PostFile.Kind.VOICE)
    files = (PostVideo.objects.filter(sent_by=person), voices)
    return [
        unpublished.values("pk"),
        pictures.values("publication"),
        *(each.values("post__publication") for each in files),
    ]


def _headed_to_look_at(person, today):
    """Lists of ids: of what was published in the places that the person heads or manages, all that may wait for them.
    A school publishes thousands of times a year, and its home does not go through them."""
    ways = [HEADS.where(person, today, path) for path in OF_SCHOOL]
    managed = MANAGES.where(person, today, "afterschool")
    unpublished = [Publication.objects.filter(each, ~Q(state=State.PUBLISHED)) for each in (*ways, managed)]
    headed = {
        "classroom": Classroom.objects.filter(HEADS.where(person, today, "school")),
        "group": Group.objects.filter(HEADS.where(person, today, "school")),
        "school": School.objects.filter(HEADS.where(person, today)),
    }
    left = places_with_taken_back({kind: rows.values("pk") for kind, rows in headed.items()}, today)
    left = [Publication.objects.filter(shows_or_tells(), (f"{kind}__in", each)) for kind, each in left.items()]
    withheld = Picture.objects.filter(_headed(person, today), withheld_at__isnull=False)
    return [*(each.values("pk") for each in (*unpublished, *left)), withheld.values("publication")]


def _headed(person, today):
    return Q(*(HEADS.where(person, today, f"publication__{path}") for path in OF_SCHOOL), _connector=Q.OR)


def _to_decide(person, today, recent):
    recent = recent or timezone.now() - RECOVER_WITHIN
    unpublished = Q(publication__state__in=(State.DRAFT, State.WAITING)) | Q(publication__withdrawn_at__gte=recent)
    mine = Q(publication__author=person)
    headed = _headed(person, today) | MANAGES.where(person, today, "publication__afterschool")
    return unpublished & (mine | headed & ~Q(publication__state=State.DRAFT))


def scopes_open_to(person: Person, place, today: datetime.date) -> list[Scope]:
    """For whom the person may write from this place, the usual one first; empty when they only read here."""
    if isinstance(place, Classroom):
        here = TEACHES.covers(person, place, today) or _heads(person, place, today)
        return [Scope.CLASS, Scope.FAMILIES] if here else []
    if isinstance(place, Group):
        return [Scope.GROUP, Scope.FAMILIES] if leads_group(person, place, today) else []
    if isinstance(place, School):
        if _heads(person, place, today):
            return [Scope.SCHOOL, Scope.FAMILIES, Scope.STAFF, Scope.PUBLIC]
        return [Scope.PUBLIC] if TEACHES_IN.covers(person, place, today) else []
    if isinstance(place, AfterSchool):
        return [Scope.FAMILIES] if WRITES_FROM_SITE.covers(person, place, today) else []
    if isinstance(place, Network):
        return [Scope.NETWORK] if WRITES_FOR_NETWORK.covers(person, place, today) else []
    if isinstance(place, City):
        return [Scope.CITY] if WRITES_FOR_CITY.covers(person, place, today) else []
    return []


def can_publish_in(person: Person, place, scope: str | None, today: datetime.date) -> Answer:
    """Class: its teachers and the head. Group: who leads it. School: the head; a teacher proposes a public page.
    Périscolaire site: its manager and its animators. Network and city: the city’s Education service."""
    scopes = scopes_open_to(person, place, today)
    if not scopes:
        return No("Ici, publient les enseignantes et enseignants de la classe et la direction de l’école.")
    if scope is not None and scope not in scopes:
        return No("Vous ne publiez pas pour ces personnes depuis cet espace.")
    return Yes()


def needs_the_head(person: Person, place, scope: str, today: datetime.date) -> bool:
    """The public site is the head's: what a teacher proposes there waits for the head."""
    return scope == Scope.PUBLIC and not HEADS.covers(person, place, today)


def can_show_pictures(scope: str, place) -> Answer:
    """Within a school alone: there the accords of its families say who may be shown."""
    if Scope(scope).shows_pictures_in(place):
        return Yes()
    return No("Une photo reste dans l’école. Publiez ce texte sans photo.")


def can_edit_post(person: Person, post: Post, today: datetime.date) -> Answer:
    """Its author, while they may still publish there; what is public goes through the head again."""
    publication = post.publication
    if publication.author_id != person.pk:
        return No("Seule la personne qui a écrit change son texte.")
    if publication.state == State.WITHDRAWN:
        return No("Cette publication est retirée. Remettez-la d’abord.")
    place = publication.place
    if publication.state != State.DRAFT and needs_the_head(person, place, post.scope, today):
        return No("La direction a ce texte sous les yeux. Reprenez-le, ou demandez-lui de le retirer.")
    return can_publish_in(person, place, post.scope, today)


def post_files_visible_to(person: Person, today: datetime.date) -> QuerySet[PostFile]:
    """What is joined to the posts that the person reads, once it may be read."""
    return PostFile.objects.filter(is_among("post", posts_visible_to(person, today)), ready_at__isnull=False)


def post_voices_visible_to(person: Person, today: datetime.date) -> QuerySet[PostFile]:
    """Of these, the voices: what a pupil who is in without account hears on the wall of the class, and no document."""
    return post_files_visible_to(person, today).filter(kind=PostFile.Kind.VOICE)


def post_videos_visible_to(person: Person, today: datetime.date) -> QuerySet[PostVideo]:
    """Videos of the posts that the person reads, once they may be read."""
    return PostVideo.objects.filter(is_among("post", posts_visible_to(person, today)), ready_at__isnull=False)


def hidden_from(person: Person, scope: Scope, place, today: datetime.date, kind: str) -> list[accords.ToHide]:
    """Whom a post of this scope may not show, or let hear (a kind of accord), as its author is told."""
    return accords.to_hide(person, [scope], place, today, kind=kind)


def joins_files(scope: str, place) -> bool:
    """Inside a school: a public page is written in words, and a city's documents go with its announcements."""
    return scope != Scope.PUBLIC and isinstance(place, Classroom | Group | School)


def can_join_files(person: Person, post: Post, today: datetime.date) -> Answer:
    """Whoever may change the post."""
    if not joins_files(post.scope, post.publication.place):
        return No("Un fichier se joint à ce qui reste dans l’école.")
    return can_edit_post(person, post, today)


def can_withdraw_post(person: Person, post: Post, today: datetime.date, *, edits: Answer | None = None) -> Answer:
    """Its author or the head of the school; for the city, its Education service. `edits`, what `can_edit_post` has
    just said, spares a second read of who leads a group."""
    if post.publication.state != State.PUBLISHED:
        return No("Cette publication n’est pas en ligne.")
    return edits or _answers_for(person, post, today)


def can_read_history(person: Person, post: Post, today: datetime.date) -> Answer:
    """What it was before: its author, and whoever keeps the space."""
    if post.publication.author_id == person.pk or _keeps_space(person, post.publication.place, today):
        return Yes()
    return No("Seules la personne qui a écrit et la direction lisent ce que c’était avant.")


def can_restore_post(person: Person, post: Post, today: datetime.date) -> Answer:
    """Within 30 days, whoever could withdraw it; what another withdrew, the head alone (city: its Education)."""
    publication = post.publication
    if publication.state != State.WITHDRAWN:
        return No("Cette publication n’est pas retirée.")
    if today > timezone.localdate(publication.withdrawn_at) + RECOVER_WITHIN:
        return No("Cette publication est retirée depuis plus de 30 jours.")
    if publication.author_id == person.pk and needs_the_head(person, publication.place, post.scope, today):
        return No("Le site public est tenu par la direction\u00a0: demandez-lui de la remettre.")
    answer = _answers_for(person, post, today)
    by_another = publication.withdrawn_by_id not in (None, person.pk)
    if answer and by_another and not _keeps_space(person, publication.place, today):
        return No("La direction l’a retirée\u00a0: demandez-lui de la remettre.")
    return answer


def can_undo_post(person: Person, post: Post, now: datetime.datetime, today: datetime.date) -> Answer:
    """« Annuler » right after publishing or proposing: its author gets the draft back."""
    publication = post.publication
    if publication.author_id != person.pk:
        return No("Seule la personne qui a publié peut annuler.")
    if publication.state == State.WAITING:
        return Yes()
    if publication.state != State.PUBLISHED:
        return No("Cette publication n’est pas en ligne.")
    if now - publication.published_at > UNDO_WITHIN:
        return No("Les familles l’ont peut-être déjà lue. Vous pouvez la retirer.")
    return Yes()


def can_discard_post(person: Person, post: Post, today: datetime.date) -> Answer:
    """A draft is its author's to throw away."""
    if post.publication.author_id == person.pk and post.publication.state == State.DRAFT:
        return Yes()
    return No("Seule la personne qui a écrit un brouillon peut le jeter.")


def can_schedule_post(person: Person, post: Post, today: datetime.date) -> Answer:
    """Its author's draft, where they may publish."""
    answer = can_discard_post(person, post, today)
    return can_publish_in(person, post.publication.place, post.scope, today) if answer else answer


def posts_leaving_recallable_by(person: Person, today: datetime.date) -> QuerySet[Post]:
    """What leaves later from the spaces whose publications the person may recall."""
    recallable = publications_recallable_by(person, today).values("pk")
    return Post.objects.filter(leaves_at__isnull=False, publication__in=recallable)


def can_declare_again(person: Person, post: Post, today: datetime.date, *, edits: Answer | None = None) -> Answer:
    """Its author, or who keeps the space; on the public site the head alone. `edits` as above."""
    if post.publication.state != State.PUBLISHED:
        return No("Cette publication n’est pas en ligne.")
    if needs_the_head(person, post.publication.place, post.scope, today):
        return No("Le site public est tenu par la direction\u00a0: elle dit ce qui s’y montre.")
    return edits or _answers_for(person, post, today)


def can_confirm_post(person: Person, post: Post, today: datetime.date) -> Answer:
    """The head of the school decides on what waits for the public site."""
    if post.publication.state != State.WAITING:
        return No("Cette publication n’attend pas de décision.")
    if not HEADS.covers(person, post.publication, today, "school"):
        return No("La direction de l’école décide de ce qui va sur le site public.")
    return Yes()


def _answers_for(person, post, today):
    publication = post.publication
    place = publication.place
    if publication.author_id == person.pk and scopes_open_to(person, place, today):
        return Yes()
    if _keeps_space(person, place, today):
        return Yes()
    return No("Seules la personne qui a écrit et la direction retirent une publication.")


def _keeps_space(person, place, today):
    """The head of the school; for a site, who manages it; for the city and its networks, its Education service."""
    if isinstance(place, AfterSchool):
        return MANAGES.covers(person, place, today)
    if isinstance(place, City | Network):
        return bool(scopes_open_to(person, place, today))
    return _heads(person, place, today)


def _heads(person, place, today):
    """The school, or that of a class or group."""
    return HEADS.covers(person, place, today, "" if isinstance(place, School) else "school")
