from django.db import migrations

from preau.spaces.migrations._index import index


class Migration(migrations.Migration):
    """What was written before is found too."""

    dependencies = [("notes", "0008_network"), ("spaces", "0011_search_text")]

    operations = [index("notes", "note", "title", "text")]
