"""Who has read a notice, whose paper is back, and who has not been reached, with the reason."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.db.models import Count, Exists, Expression, OuterRef, Q, QuerySet, TextChoices, Value

from preau.kit.names import formal_name
from preau.kit.prepared import Asked, Prepared
from preau.notify.models import REACHED_BY, Expected, Notice, Telling
from preau.notify.queries.audience import audience_pairs

OF_ROW = ("id", "person_id", "child_id", "seen_at", "paper_out_at", "paper_back_at", "texted_at", "added_at")
OF_PERSON = ("civility", "first_name", "usage_name", "last_name", "sort_key")
OF_ACCOUNT = ("is_active", "email_refused_at", "phone__refused_at")
SIGNS = [OF_ROW.index(name) for name in REACHED_BY]


class Reason(TextChoices):
    """Why somebody expected has not been reached."""

    NO_ACCOUNT = "no_account", "sans compte"
    BOUNCED = "bounced", "courriel refusé par son adresse"
    UNTEXTED = "untexted", "SMS non remis"
    UNPAID = "unpaid", "budget de SMS épuisé"
    NEVER_OPENED = "never_opened", "pas encore lu"


class Line(NamedTuple):
    """One row of those expected. `reason` is empty for who is reached, and for who is not concerned any more
    (`is_gone`: no coupon is printed for them, nobody reminds them). `link` is as in `lines_of`."""

    expected_id: uuid.UUID
    person_id: uuid.UUID
    child_id: uuid.UUID | None
    seen_at: datetime | None
    paper_out_at: datetime | None
    paper_back_at: datetime | None
    texted_at: datetime | None
    added_at: datetime
    name: str
    sort_key: str
    reason: str
    is_gone: bool
    link: str | None

    @property
    def reason_text(self) -> str:
        """« sans compte »"""
        return Reason(self.reason).label if self.reason else ""

    @property
    def is_texted(self) -> bool:
        """Reached by a text message alone, as its carrier says: neither read on screen nor on paper."""
        return self.texted_at is not None and self.seen_at is None and self.paper_back_at is None


@dataclass(frozen=True)
class Counts:
    """Numbers of rows, one for each person and child; who is no longer concerned and was not reached is left out."""

    expected_count: int = 0
    seen_count: int = 0
    paper_count: int = 0  # back, and not seen on screen
    printed_count: int = 0  # out, not back and not seen
    texted_count: int = 0  # a text message was received, as its carrier says, and nothing else


@dataclass(frozen=True)
class Reached:
    """Where a notice stands. `is_frozen` is false as long as the list is being written: « en cours »."""

    counts: Counts
    lines: list[Line]
    is_frozen: bool
    frozen_at: datetime | None

    @property
    def unreached(self) -> list[Line]:
        return [line for line in self.lines if line.reason]


def reach(notice: Notice, today: date) -> Reached:
    """Every person expected, by name; three queries."""
    still = set(audience_pairs(notice, today))
    lines = [
        line._replace(reason="", is_gone=True) if line.reason and (line.person_id, line.child_id) not in still else line
        for line in lines_of(notice)
    ]
    held = [line for line in lines if not line.is_gone]
    counts = Counts(
        expected_count=len(held),
        seen_count=sum(line.seen_at is not None for line in held),
        paper_count=sum(line.seen_at is None and line.paper_back_at is not None for line in held),
        texted_count=sum(line.is_texted for line in held),
        printed_count=sum(bool(line.reason) and line.paper_out_at is not None for line in held),
    )
    return Reached(counts, lines, notice.frozen_at is not None, notice.frozen_at)


def lines_of(notice: Notice, asked: Prepared | None = None) -> list[Line]:
    """Every person expected, by name; one query, of `lines_with`, else as if the notice concerned all of them still."""
    return [line_of(row) for row in (asked or _lines_alone()).rows(notice.pk)]


def lines_with(link: Expression) -> Prepared:
    """The query of `lines_of`. `link` is what a room above says of each row, None when the notice does not concern them
    any more."""
    return Prepared(_columns(Expected.objects.filter(notice=Asked()), Asked(), link))


def lines_among(rows: QuerySet[Expected], notice: Notice, link: Expression) -> list[Line]:
    """`lines_of` for some rows of a notice that may hold a whole city; one query."""
    return [line_of(row) for row in rows_among(rows, notice, link)]


def rows_among(rows: QuerySet[Expected], notice, link: Expression) -> QuerySet:
    """The query of `lines_among`, each row for `line_of`; `notice`: itself or its id."""
    return _columns(rows.filter(notice=notice), notice, link)


def _columns(rows, notice, link):
    unpaid = Telling.objects.filter(notice=notice, person=OuterRef("person"), end=Telling.End.UNPAID)
    # Columns and not rows: a school has hundreds of them, each with its person and its account.
    of_person = [f"person__{name}" for name in OF_PERSON] + [f"person__account__{name}" for name in OF_ACCOUNT]
    rows = rows.annotate(is_unpaid=Exists(unpaid), link=link).order_by("person__sort_key", "id")
    return rows.values_list(*OF_ROW, *of_person, "is_unpaid", "link")


@cache
def _lines_alone():
    return lines_with(Value(""))


def counts_of(notices: Iterable[Notice]) -> dict:
    """{notice: Counts} of many, one query: as frozen, who is gone since included."""
    seen, back = Q(seen_at__isnull=False), Q(paper_back_at__isnull=False)
    rows = (
        Expected.objects.filter(notice__in=[notice.pk for notice in notices])
        .order_by()
        .values("notice")
        .annotate(
            expected=Count("pk"),
            seen=Count("pk", filter=seen),
            paper=Count("pk", filter=back & ~seen),
            texted=Count("pk", filter=Q(texted_at__isnull=False) & ~seen & ~back),
            printed=Count("pk", filter=Q(paper_out_at__isnull=False) & ~seen & ~back),
        )
    )
    found = {row.pop("notice"): Counts(**{f"{name}_count": count for name, count in row.items()}) for row in rows}
    return {notice.pk: found.get(notice.pk, Counts()) for notice in notices}


def line_of(row: tuple) -> Line:
    """What a row of these queries says."""
    facts, who, sort_key, account, link = row[:8], row[8:12], row[12], row[13:17], row[17]
    is_reached = any(facts[sign] for sign in SIGNS)
    is_gone = not is_reached and link is None
    reason = "" if is_reached or is_gone else _reason(*account)
    return Line(*facts, formal_name(*who), sort_key, reason, is_gone, link)


def _reason(has_account, bounced_at, untexted_at, is_unpaid):
    if not has_account:
        return Reason.NO_ACCOUNT
    if bounced_at:
        return Reason.BOUNCED
    if untexted_at:
        return Reason.UNTEXTED
    return Reason.UNPAID if is_unpaid else Reason.NEVER_OPENED
