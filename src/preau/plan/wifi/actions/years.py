"""What a school's year counts, as its windows end and access points confirm them."""

from django.utils.timezone import localdate

from preau.kit.dates import school_year_label
from preau.plan.wifi.models import PointSignal, WifiYear


def count_ended(*, window) -> None:
    """A window, locked, that has just ended."""
    year = _year_of(window)
    year.windows_count += 1
    year.length += window.length
    if _is_measured(window):
        year.measured_length += window.length
    year.save(update_fields=["windows_count", "length", "measured_length"])


def count_measured(*, window) -> None:
    """Before a « on » that this window, locked, explains is written: told late, its window was counted as declared."""
    if window.ended_at is not None and not _is_measured(window):
        year = _year_of(window)
        year.measured_length += window.length
        year.save(update_fields=["measured_length"])


def _is_measured(window):
    return window.signals.filter(state=PointSignal.State.ON).exists()


def _year_of(window):
    year, _ = WifiYear.objects.select_for_update().get_or_create(
        school_id=window.school_id,
        school_year=school_year_label(localdate(window.opened_at)),
        defaults={"city_id": window.city_id},
    )
    return year
