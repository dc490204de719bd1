"""Who has been reached: numbers by school for who sent it, names for the school of each family."""

from django.contrib import messages
from django.db.models import UUIDField
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.announcements import actions, queries, rules
from preau.ent.announcements.forms import ReturnForm
from preau.ent.announcements.models import Readers
from preau.ent.announcements.rules.sites import enrolments_followed_in_site
from preau.kit.answers import Conflict, require
from preau.kit.views import first_or_404, form_page, pdf_file, signed_in, submit
from preau.notify import papers
from preau.people.prepared import PreparedFor, one_in
from preau.places.models import City

BACK = "À rendre à l’école, dans le cahier de liaison."
FOLLOWED = one_in(rules.announcements_followed_by, *queries.SHOWN, "publication__notice")


def _enrolled(person, today, announcement, of_school):
    if of_school:
        return rules.enrolments_followed_by(person, today)
    return enrolments_followed_in_site(person, announcement, today)


def _expected(person, today, announcement, notice, of_school):
    return queries.guardian_rows(notice, _enrolled(person, today, announcement, of_school), today, person)


CHILDREN = PreparedFor(lambda person, *given: queries.child_rows(_enrolled(person, *given), person), UUIDField)
EXPECTED = PreparedFor(_expected, UUIDField, UUIDField)


@signed_in()
def counts(request, announcement_id):
    """By school; of its own staff the State reads who has read, of one school at a time."""
    person, today = request.person, localdate()
    announcement = _followed(request, announcement_id)
    require(rules.can_read_counts(person, announcement, today))
    notice, readers = _notice(announcement), Readers(announcement.readers)
    context = {"announcement": announcement, "notice": notice, "now": now()}
    if notice and notice.frozen_at:
        schools = queries.schools_told(announcement, localdate(notice.published_at))
        is_city = isinstance(announcement.publication.place, City)
        if readers.has_families:
            context["families"] = queries.families_reached(notice, schools)
        if readers.has_teams:
            context["teams"] = queries.adults_reached(notice, schools, is_masked=is_city)
        chosen = next((school for school in schools if str(school.pk) == request.GET.get("ecole")), None)
        if not is_city:
            context |= {"school": chosen, "names": chosen and queries.adults_by_name(notice, chosen)}
            context["by_name"] = True
    return render(request, "announcements/counts.html", context)


@signed_in()
def families(request, announcement_id):
    """The families of one's classes, or of one's site, that nobody reached, by name."""
    person, today = request.person, localdate()
    announcement = _followed(request, announcement_id)
    of_school = rules.follows_from_school(person, announcement, today)
    require(rules.can_follow_families(person, announcement, today, of_school=of_school))
    notice, follow = _notice(announcement), queries.FollowUp([], False)
    if notice and notice.frozen_at:
        key = (of_school,)
        children = CHILDREN.rows(person, today, announcement.pk, key=key)
        follow = queries.follow_up_of(children, EXPECTED.rows(person, today, announcement.pk, notice.pk, key=key))
    context = {"announcement": announcement, "follow": follow, "of_school": of_school, "now": now()}
    context["prints"] = rules.can_print_coupons(person, announcement, today, of_school=of_school)
    return render(request, "announcements/families.html", context)


@signed_in("POST")
def coupons_create(request, announcement_id):
    """A coupon for each guardian not reached, on A4 to cut."""
    person, announcement = request.person, _followed(request, announcement_id)
    require(rules.can_print_coupons(person, announcement, localdate()))
    moment = now()
    try:
        follow = actions.print_coupons(person=person, announcement=announcement, now=moment)
    except Conflict as conflict:
        messages.error(request, conflict.reason)
        return redirect("announcements:families", announcement_id=announcement.pk)
    coupons = [_coupon(request, announcement, *each) for each in follow.coupons]
    pdf = papers.draw(coupons, title=f"Coupons, {announcement.title}", now=moment)
    return pdf_file("coupons", pdf, to_keep=True)


@signed_in("GET", "POST")
def coupon_return(request, awaited_id):
    """What the QR code of a coupon opens: it is back."""
    person, today = request.person, localdate()
    rows = rules.awaited_visible_to(person, today).select_related(
        "person", "child", "notice__publication__announcement"
    )
    expected = get_object_or_404(rows, pk=awaited_id)
    announcement = expected.notice.publication.announcement
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if submit(request, form, lambda: actions.return_coupon(person=person, expected=expected, now=now())):
        messages.success(request, f"Le coupon est noté\u00a0: {expected.child.full_name}.")
        return redirect("announcements:families", announcement_id=announcement.pk)
    return form_page(
        request,
        form,
        title=f"Le coupon de {expected.person.formal_name}",
        eyebrow=announcement.title,
        lead=f"Pour {expected.child.full_name}. Il est rendu\u00a0: notez-le.",
        button="C’est rendu",
        back=reverse("announcements:families", args=[announcement.pk]),
    )


def _coupon(request, announcement, family, line):
    return papers.Coupon(
        school=announcement.sender,
        child=family.name,
        guardian=line.name,
        title=announcement.title,
        facts="",
        text=announcement.text,
        boxes=("J’ai lu",),
        back=BACK,
        address=request.build_absolute_uri(reverse("announcements:coupon_return", args=[line.expected_id])),
    )


def _notice(announcement):
    return getattr(announcement.publication, "notice", None)


def _followed(request, announcement_id):
    return first_or_404(FOLLOWED.rows(request.person, localdate(), announcement_id))
