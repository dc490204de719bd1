"""What the pages of accords are looked at with: (template, route, who looks)."""

from django.urls import reverse

from tests.accords import say


def accords(world):
    """One child's father has answered, his mother not yet; a paper is being copied."""
    say(world, "guardian_coparent", "child_adam", kinds=["image"])
    say(world, "guardian_coparent", "child_adam", "no", kinds=["work"])
    pupil = reverse("media:pupil_accords", args=[world.people["child_adam"].pk])
    return {
        "child_id": world.people["child_adam"].pk,
        "noting": f"{pupil}?responsable={world.people['guardian'].pk}",
        "two": reverse("media:child_accords", args=[world.people["child_two_one"].pk]),
    }


ROOMS = {
    "media": (accords, (
        ("media/accords.html", "media:accords", "guardian_two_schools city_education ia_dasen"),
        ("media/accords.html", "media:accords", "operator pupil_cm2 teacher"),
        ("media/child_accords.html", "media:child_accords", "guardian guardian_coparent"),
        ("media/child_accords.html", "two", "guardian_two_schools"),
        ("media/classroom_accords.html", "media:classroom_accords", "teacher head"),
        ("media/pupil_accords.html", "noting", "teacher"),
    )),
}  # fmt: skip
