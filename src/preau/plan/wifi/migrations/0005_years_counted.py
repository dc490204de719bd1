from django.db import migrations
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from preau.kit.dates import school_year_label


def count_what_ended(apps, schema_editor):
    """Years of before this counting, from their register."""
    window, signal, year = (apps.get_model("wifi", name) for name in ("WifiWindow", "PointSignal", "WifiYear"))
    said = Exists(signal.objects.filter(window=OuterRef("pk"), state="on"))
    ended = window.objects.exclude(ended_at=None).annotate(said=said)
    counted = {}
    for each in ended.only("city", "school", "opened_at", "ended_at").iterator(chunk_size=2000):
        key = each.school_id, school_year_label(localdate(each.opened_at))
        if key not in counted:
            counted[key] = year(school_id=key[0], school_year=key[1], city_id=each.city_id)
        length = each.ended_at - each.opened_at
        counted[key].windows_count += 1
        counted[key].length += length
        counted[key].measured_length += length * each.said
    year.objects.bulk_create(counted.values(), batch_size=500)


class Migration(migrations.Migration):

    dependencies = [('wifi', '0004_years_of_wifi')]

    operations = [migrations.RunPython(count_what_ended, migrations.RunPython.noop)]
