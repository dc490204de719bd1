"""Named reads about committees; they take what is already visible and write nothing."""

from preau.plan.governance.queries.committees import (
    CommitteeState,
    committee_states,
    missing_colleges,
    persons_who_may_sit,
    seats_by_college,
    voters_count,
)
from preau.plan.governance.queries.decisions import (
    decision_lines,
    decisions_of,
    decisions_saying,
    late_follow_ups,
    open_follow_ups,
    replaceable_in,
    replacements_of,
)
from preau.plan.governance.queries.dossier import dossier_bytes, dossier_data
from preau.plan.governance.queries.dossiers import (
    bound_digest,
    check_dossier,
    digests_of_dossiers,
    dossier_lines,
    dossier_with,
    told_by,
)
from preau.plan.governance.queries.invitations import (
    InvitationLine,
    Letter,
    invitation_lines,
    letters_of,
    mail_leaves_at,
)
from preau.plan.governance.queries.objects import (
    choices_for,
    list_to_order,
    objects_of,
    opinion_on,
    order_lines,
    results_for,
)
from preau.plan.governance.queries.sealed import DECISION, MINUTES
from preau.plan.governance.queries.sessions import SessionPage, attendance_rows, presences, session_page

__all__ = [
    "DECISION", "MINUTES", "CommitteeState", "InvitationLine", "Letter", "SessionPage", "attendance_rows",
    "bound_digest", "check_dossier", "choices_for", "committee_states", "decision_lines", "decisions_of",
    "decisions_saying", "digests_of_dossiers", "dossier_bytes", "dossier_data", "dossier_lines", "dossier_with",
    "invitation_lines", "late_follow_ups", "letters_of", "list_to_order", "mail_leaves_at", "missing_colleges",
    "objects_of", "open_follow_ups", "opinion_on", "order_lines", "persons_who_may_sit", "presences", "replaceable_in",
    "replacements_of", "results_for", "seats_by_college", "session_page", "told_by",
    "voters_count",
]  # fmt: skip
