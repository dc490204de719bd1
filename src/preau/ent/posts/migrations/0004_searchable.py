from django.db import migrations

from preau.spaces.migrations._index import index


class Migration(migrations.Migration):
    """What was written before is found too."""

    dependencies = [("posts", "0003_network"), ("spaces", "0011_search_text")]

    operations = [index("posts", "post", "text", has_title=False)]
