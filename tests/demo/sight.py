"""The pages of one thing, and the visible set that each loads it from: house law 4, asked of the demo's world."""

from preau.demo import cast
from preau.ent.agenda.rules import councils_visible_to, events_visible_to, rounds_visible_to
from preau.ent.announcements.rules import announcements_visible_to
from preau.ent.homework.rules import assignments_visible_to
from preau.ent.mail.rules import conversations_visible_to, reports_visible_to
from preau.ent.notes.rules import notes_followed_by, notes_visible_to
from preau.ent.portfolio.rules import notebooks_visible_to, pieces_visible_to
from preau.ent.posts.rules import posts_visible_to
from preau.ent.writings.rules import writings_visible_to
from preau.media.rules import pictures_visible_to
from preau.people.models import Account, Role
from preau.plan.applications.rules import applications_visible_to, calls_visible_to
from preau.plan.governance.rules import dossiers_visible_to, sessions_visible_to
from preau.plan.inventory.rules import assets_visible_to
from preau.plan.loans.rules import bookings_visible_to, kits_visible_to
from preau.plan.priorities.rules import lists_visible_to, programmes_visible_to
from preau.plan.rollouts.rules import receptions_visible_to, rollouts_visible_to
from preau.plan.studies.rules import cohorts_visible_to, comparisons_visible_to
from preau.schools import rules as schools
from preau.spaces import rules as spaces

PAGES = {
    "announcements:announcement_detail": announcements_visible_to,
    "mail:conversation": conversations_visible_to,
    "mail:report": reports_visible_to,
    "notes:note_detail": notes_visible_to,
    "notes:note_follow": notes_followed_by,
    "posts:post_detail": posts_visible_to,
    "portfolio:notebook": notebooks_visible_to,
    "portfolio:piece": pieces_visible_to,
    "writings:writing_detail": writings_visible_to,
    "agenda:event_detail": events_visible_to,
    "agenda:council_detail": councils_visible_to,
    "agenda:round_detail": rounds_visible_to,
    "homework:assignment_detail": assignments_visible_to,
    "media:picture": pictures_visible_to,
    "posts:picture_detail": pictures_visible_to,
    "schools:pupil": schools.pupils_visible_to,
    "schools:classroom": schools.classrooms_visible_to,
    "schools:group": schools.groups_visible_to,
    "schools:school": schools.schools_visible_to,
    "portal:classroom_home": spaces.classrooms_visible_to,
    "portal:school_home": spaces.schools_visible_to,
    "applications:application_detail": applications_visible_to,
    "applications:call_detail": calls_visible_to,
    "priorities:list_detail": lists_visible_to,
    "priorities:programme_detail": programmes_visible_to,
    "rollouts:rollout_detail": rollouts_visible_to,
    "rollouts:reception_detail": receptions_visible_to,
    "loans:kit_detail": kits_visible_to,
    "loans:booking_detail": bookings_visible_to,
    "inventory:asset_detail": assets_visible_to,
    "governance:session_detail": sessions_visible_to,
    "governance:dossier_detail": dossiers_visible_to,
    "studies:comparison_detail": comparisons_visible_to,
    "studies:cohort_detail": cohorts_visible_to,
}
EACH = 2  # things a person sees, and things they do not, asked of each page


def readers():
    """An account of each role, of a guardian and of a pupil, the first in the order of names; two of the cast."""
    accounts = Account.objects.filter(is_active=True, person__isnull=False).order_by("person__sort_key", "pk")
    found = [accounts.filter(person__mandates__role=role).first() for role in Role.values]
    found += [accounts.filter(person__children_links__isnull=False).first()]
    found += [accounts.filter(person__enrolments__isnull=False).first()]
    found += [accounts.filter(person__last_name=actor.last_name).first() for actor in (cast.TEACHER, cast.HEAD)]
    return {account.pk: account for account in found if account}.values()


def samples(visible_to, person, today):
    """[(id, whether it is seen)], the first in and the first out of the set."""
    model = visible_to(person, today).model
    seen = list(visible_to(person, today).order_by("pk").values_list("pk", flat=True).distinct())
    out = model.objects.exclude(pk__in=seen).order_by("pk").values_list("pk", flat=True)
    return [(pk, True) for pk in seen[:EACH]] + [(pk, False) for pk in out[:EACH]]
