"""What each page of announcements is looked at with: (template, route, who looks)."""

from django.urls import reverse
from django.utils.timezone import now

from preau.ent.announcements import actions
from preau.notify.models import Expected
from tests.ent.announcements.acts import send, write


def scene(world):
    """One of the city with its schools, half written; one to teams alone, read by one; a draft; what an elected parent
    proposes."""
    joint = send(world, readers="both", asks_schools=True)
    head, school = world.people["head"], world.schools["tilleuls"]
    said = {"title": "Grève jeudi", "text": "La classe de CP est ouverte.", "now": now()}
    half = actions.write_half(person=head, joined_to=joint, school=school, **said)
    send(world, level="urgent", urgent_reason="Neige", title="Pas d’école")
    draft, state, gone = write(world, levels=["CP"]), send(world, "ien"), send(world, title="Pas de car mardi")
    actions.withdraw_announcement(person=world.people["city_education"], announcement=gone, now=now())
    awaited = Expected.objects.filter(notice__publication=joint.publication, child=world.people["child_adam"])[0]
    parent = {"parent": world.people["guardian"], "person": head}
    actions.name_elected(school=school, now=now(), **parent)
    words = {"title": "Kermesse", "text": "Il manque dix parents.", "person": parent["parent"], "now": now()}
    proposal = actions.propose_words(school=school, **words)
    return {
        "announcement_id": joint.pk,
        "proposal": reverse("announcements:announcement_detail", args=[proposal.pk]),
        "refusal": reverse("announcements:refusal_create", args=[proposal.pk]),
        "search": f"{reverse('announcements:elected', args=[school.pk])}?nom=canari",
        "authority_id": world.cities["marelle"].pk,
        "half": reverse("announcements:sending_create", args=[half.pk]),
        "half_again": reverse("announcements:half_edit", args=[half.pk]),
        "draft": reverse("announcements:sending_create", args=[draft.pk]),
        "again": reverse("announcements:announcement_edit", args=[draft.pk]),
        "alone": reverse("announcements:announcement_detail", args=[draft.pk]),
        "gone": reverse("announcements:announcement_detail", args=[gone.pk]),
        "taken_up": reverse("announcements:announcement_again", args=[gone.pk]),
        "by_name": f"{reverse('announcements:counts', args=[state.pk])}?ecole={school.pk}",
        "back": reverse("announcements:coupon_return", args=[awaited.pk]),
    }


ROOMS = {
    "announcements": (scene, (
        ("web/today/guardian.html", "/aujourdhui/", "guardian"),
        ("web/today/school.html", "/aujourdhui/", "teacher"),
        ("announcements/mine.html", "announcements:mine", "guardian head city_education ia_dasen operator pupil_cm2"),
        ("announcements/sent.html", "announcements:sent", "city_education"),
        ("announcements/write.html", "announcements:announcement_create", "city_education"),
        ("announcements/write.html", "again", "city_education"),
        ("announcements/write.html", "taken_up", "city_education"),
        ("announcements/announcement_detail.html", "alone", "city_education"),
        ("announcements/announcement_detail.html", "gone", "city_education"),
        ("announcements/announcement_detail.html", "announcements:announcement_detail", "guardian head city_education"),
        ("announcements/sending.html", "draft", "city_education"),
        ("announcements/sending.html", "half", "head"),
        ("announcements/half.html", "half_again", "head"),
        ("announcements/counts.html", "announcements:counts", "city_education"),
        ("announcements/counts.html", "by_name", "ien"),
        ("announcements/families.html", "announcements:families", "teacher"),
        ("announcements/elected.html", "search", "head"),
        ("announcements/announcement_detail.html", "proposal", "head guardian"),
        ("announcements/half.html", "refusal", "head"),
        ("kit/form_page.html", "announcements:proposal_create", "guardian"),
        ("kit/form_page.html", "back", "head"),
    )),
}  # fmt: skip
