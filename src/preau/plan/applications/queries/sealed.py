"""What the sealed lines of a file lock: each copy filed, word for word; all that an opinion says, but who gave it."""

from preau.kit.contents import Contents, Part
from preau.kit.digest import digest_json
from preau.plan.applications.models import Opinion, Submission


def _filed(content) -> str:
    """What was filed; "" when the copy no longer shows its own digest."""
    digest = digest_json(content.get("content", {}))
    return digest if digest == content.get("digest") else ""


COPY = Contents(
    city="application__school__city",
    acted="digest",
    counted=_filed,
    parts=(Part(Submission, ("content", "digest")),),
)
OPINION = Contents(
    city="application__school__city",
    acted="given_at",
    parts=(
        Part(
            Opinion,
            (
                "application",
                "submission",
                "authority",
                "asked_at",
                "due_on",
                "verdict",
                "motivation",
                "given_at",
                "is_confidential",
                "released_at",
                "lifted_at",
                "lifting_reason",
            ),
        ),
    ),
)
