"""Pieces joined to a file: of what the team writes, and as a locked copy names them."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from preau.kit.money import NBSP, weight_text
from preau.plan.applications.models import Application, Attachment, State

KEPT = datetime.timedelta(days=30)  # after its call closed, a piece of a file that was never filed
CHOSEN = ("ambitions__kind", "ambitions__position", "ambitions__id", "ambitions__label")
JOINED = (
    "piece__added_at", "piece__id", "piece__label", "piece__kind", "piece__weight", "piece__pages_count",
    "piece__digest",
)  # fmt: skip
NEVER_FILED = (State.DRAFT, State.WITHDRAWN)


@dataclass(frozen=True)
class Piece:
    """One piece, in the order in which a locked copy writes it."""

    id: str
    label: str
    kind: str
    weight: int
    pages_count: int | None
    digest: str

    @property
    def says(self) -> str:
        """« PDF de 3 pages, 120 Ko »"""
        pages = ""
        if self.pages_count:
            pages = f" de {self.pages_count}{NBSP}{'pages' if self.pages_count > 1 else 'page'}"
        return f"{Attachment.Kind(self.kind).label}{pages}, {weight_text(self.weight)}"


def pieces_written(application) -> list[Piece]:
    """Those of what the team writes, in the order they were joined; one read."""
    rows = application.attachments.filter(removed_at=None).order_by("added_at", "id")
    return [Piece(str(r.pk), r.label, r.kind, r.weight, r.pages_count, r.digest) for r in rows]


def count_of_pieces():
    """How many a file has in what its team writes, beside it in the same read."""
    rows = Attachment.objects.filter(application=OuterRef("pk"), removed_at=None).order_by()
    return Coalesce(Subquery(rows.values("application").annotate(count=Count("pk")).values("count")), 0)


def chosen_and_joined(application) -> tuple[list[str], list[list]]:
    """(labels of its ambitions, its pieces as a locked copy keeps them: [[id, label, kind, weight, pages, SHA-256]]),
    each in its order. One read, a row for each pair: they are few of both."""
    pairs = Application.objects.filter(pk=application.pk).annotate(
        piece=FilteredRelation("attachments", condition=Q(attachments__removed_at=None))
    )
    ambitions, pieces = {}, {}
    for kind, position, ambition, label, added_at, key, *rest in pairs.values_list(*CHOSEN, *JOINED):
        if ambition:
            ambitions[kind, position, str(ambition)] = label
        if key:
            pieces[added_at, str(key)] = [str(key), *rest]
    return [ambitions[key] for key in sorted(ambitions)], [pieces[key] for key in sorted(pieces)]


def pieces_of(content: dict, sections=None) -> list[Piece]:
    """Those a locked copy names; none for who reads some sections only. The first copies named none."""
    return [Piece(*row) for row in content.get("attachments", ())] if sections is None else []


def attachments_past_their_day(now):
    """Never filed, and not to be any more: their call closed a month ago."""
    return Attachment.objects.filter(
        filed_at=None, application__state__in=NEVER_FILED, application__call__closes_at__lte=now - KEPT
    )
