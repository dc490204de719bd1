"""Committees, sessions, decisions and dossiers (mission D5, D6; plan.md W10)."""

from preau.plan.governance.models.committees import COMPOSITION, LONGEST_GAP_DAYS, College, Committee, Seat
from preau.plan.governance.models.decisions import CHANGES, NOT_RESERVED, Decision, FollowUp, ObjectKind, Result
from preau.plan.governance.models.dossiers import Dossier
from preau.plan.governance.models.invitations import Invitation
from preau.plan.governance.models.sessions import AgendaItem, Approval, Attendance, Comment, Session, State

__all__ = [
    "CHANGES", "COMPOSITION", "LONGEST_GAP_DAYS", "NOT_RESERVED", "AgendaItem", "Approval", "Attendance", "College",
    "Comment", "Committee", "Decision", "Dossier", "FollowUp", "Invitation", "ObjectKind", "Result", "Seat", "Session",
    "State",
]  # fmt: skip
