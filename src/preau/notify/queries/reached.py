"""Who has read a notice, whose paper is back, and who has not been reached, with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, TextChoices

from preau.notify.models import Expected, Notice, Telling
from preau.notify.queries.audience import audience_pairs
from preau.people.models import Account, Person


class Reason(TextChoices):
    """Why somebody expected has not been reached."""

    NO_ACCOUNT = "no_account", "pas de compte ouvert"
    BOUNCED = "bounced", "courriel refusé par son adresse"
    UNTEXTED = "untexted", "SMS non remis"
    UNPAID = "unpaid", "budget de SMS épuisé"
    NEVER_OPENED = "never_opened", "pas encore ouvert"


@dataclass(frozen=True)
class Line:
    """One person expected, for one child or for themselves. `reason` is empty for who is reached, and for who is not
    concerned any more (`is_gone`: no coupon is printed for them, nobody reminds them)."""

    expected: Expected
    person: Person
    reason: str
    is_gone: bool
    is_late: bool  # arrived after it was published

    @property
    def reason_text(self) -> str:
        """« pas de compte ouvert »"""
        return Reason(self.reason).label if self.reason else ""


@dataclass(frozen=True)
class Counts:
    """Numbers of rows, one for each person and child; who is no longer concerned and was not reached is left out."""

    expected_count: int = 0
    seen_count: int = 0
    paper_count: int = 0  # back, and not seen on screen
    printed_count: int = 0  # out, not back and not seen
    texted_count: int = 0  # a text message was received, as its carrier says, and nothing else

    @property
    def unreached_count(self) -> int:
        return self.expected_count - self.seen_count - self.paper_count - self.texted_count


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


def reach(notice: Notice, today: date, **marks) -> Reached:
    """Every person expected, by the child's name then theirs; three queries. `marks`, conditions of a room above, are
    columns of each line's `expected`."""
    accounts = Account.objects.filter(person=OuterRef("person"), is_active=True)
    unpaid = notice.tellings.filter(person=OuterRef("person"), end=Telling.End.UNPAID)
    rows = notice.expected.select_related("person").annotate(
        has_account=Exists(accounts),
        is_bounced=Exists(accounts.filter(email_refused_at__isnull=False)),
        is_untexted=Exists(accounts.filter(phone__refused_at__isnull=False)),
        is_unpaid=Exists(unpaid),
        **marks,
    )
    still = set(audience_pairs(notice, today))
    by_name = (F("child__sort_key").asc(nulls_first=True), "person__sort_key", "pk")
    lines = [_line(row, notice, still) for row in rows.order_by(*by_name)]
    held = [line for line in lines if not line.is_gone]
    counts = Counts(
        expected_count=len(held),
        seen_count=sum(line.expected.seen_at is not None for line in held),
        paper_count=sum(line.expected.seen_at is None and line.expected.paper_back_at is not None for line in held),
        texted_count=sum(line.expected.is_texted for line in held),
        printed_count=sum(bool(line.reason) and line.expected.paper_out_at is not None for line in held),
    )
    return Reached(counts, lines, notice.frozen_at is not None, notice.frozen_at)


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


def _line(row, notice, still):
    is_gone = not row.is_reached and (row.person_id, row.child_id) not in still
    reason = "" if row.is_reached or is_gone else _reason(row)
    return Line(row, row.person, reason, is_gone, row.added_at > notice.published_at)


def _reason(row):
    if not row.has_account:
        return Reason.NO_ACCOUNT
    if row.is_bounced:
        return Reason.BOUNCED
    if row.is_untexted:
        return Reason.UNTEXTED
    return Reason.UNPAID if row.is_unpaid else Reason.NEVER_OPENED
