from django.db import migrations

from preau.spaces.migrations._index import index


class Migration(migrations.Migration):
    """What was written before is found too."""

    dependencies = [("announcements", "0004_elected_parents"), ("spaces", "0011_search_text")]

    operations = [index("announcements", "announcement", "title", "text")]
