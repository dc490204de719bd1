"""Roll-outs and procès-verbaux in the order their pages show."""

from django.db.models import Count, Exists, OuterRef, Q

from preau.plan.equipment.models import Acceptance
from preau.plan.priorities.queries import entries_to_open
from preau.plan.rollouts.models import Reservation, Rollout


def entries_without_rollout(school):
    """Lines of a settled programme for which no roll-out was opened yet."""
    opened = Rollout.objects.filter(school=school, programme_entry_id__isnull=False)
    return entries_to_open(school).exclude(pk__in=opened.values("programme_entry_id"))


def with_receipt(schools):
    """`has_received`: whether a class of the school was received, with any kit."""
    return schools.annotate(has_received=Exists(Acceptance.objects.standing().filter(school=OuterRef("pk"))))


def in_order(rollouts):
    """An already visible set, by school, the last opened first."""
    return rollouts.select_related("school__city", "kit").order_by("school__sort_key", "school_id", "-opened_on", "id")


def reception_lines(receptions):
    """An already visible set with its counts, newest first."""
    classes = Q(lines__scope="class")
    return (
        receptions.select_related("rollout__school", "rollout__kit")
        .annotate(
            classes_count=Count("lines", filter=classes, distinct=True),
            accepted_count=Count(
                "lines",
                filter=classes & Q(lines__acceptance__isnull=False, lines__acceptance__withdrawn_at=None),
                distinct=True,
            ),
            open_count=Count("lines__reservations", filter=Q(lines__reservations__lifted_on=None), distinct=True),
        )
        .order_by("-held_on", "-number", "id")
    )


def with_open_reservations(receptions):
    """Those with something left to put right."""
    open_ones = Reservation.objects.filter(line__reception=OuterRef("pk"), lifted_on=None)
    return receptions.filter(Exists(open_ones), withdrawn_at=None)


def lines_of(reception):
    """The classes then the common parts, with their réserves."""
    lines = reception.lines.select_related("acceptance").prefetch_related("reservations__kit_line")
    return lines.order_by("scope", "label_key", "id")


def labels_to_receive(rollout) -> list[str]:
    """Names to begin from: those the school's classes had when they were received before, else « Classe 1 » to n."""
    known = Acceptance.objects.standing().filter(school=rollout.school_id).order_by("label_key", "id")
    rows = list(known.values_list("label_key", "label", "kit_id"))
    done = {key for key, _, kit in rows if kit == rollout.kit_id}
    names = {key: label for key, label, _ in rows if key not in done}
    missing = rollout.classes_count - len(done) - len(names)
    taken, number = done | set(names), 0
    labels = list(names.values())
    while missing > 0:
        number += 1
        if f"classe {number}" not in taken:
            labels.append(f"Classe {number}")
            missing -= 1
    return labels
