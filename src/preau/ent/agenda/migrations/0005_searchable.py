from django.db import migrations

from preau.spaces.migrations._index import index


class Migration(migrations.Migration):
    """What was written before is found too."""

    dependencies = [("agenda", "0004_council"), ("spaces", "0011_search_text")]

    operations = [index("agenda", "event", "title", "where", "text")]
