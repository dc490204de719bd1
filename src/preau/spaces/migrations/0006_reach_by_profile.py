"""Each reach of a whole place becomes one row for each profile that read it: nobody gains or loses an item.

Pupils were never in the audience of a city; « staff » was the adults of a school. There is no way back: an audience
of families alone would become a whole class.
"""

from django.db import migrations

EVERYONE = ("families", "pupils", "adults")
BY_PROFILE = {
    "class": ("classroom", EVERYONE),
    "group": ("group", EVERYONE),
    "school": ("school", EVERYONE),
    "staff": ("school", ("adults",)),
    "city": ("city", ("families", "adults")),
}
ONE_MORE = """
    INSERT INTO spaces_reach (publication_id, audience, at)
    SELECT publication_id, %s || substr(audience, %s), at FROM spaces_reach WHERE audience LIKE %s
    ON CONFLICT (publication_id, audience) DO NOTHING
"""


def by_profile(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for old, (kind, profiles) in BY_PROFILE.items():
            for profile in profiles:
                cursor.execute(ONE_MORE, [f"{kind}.{profile}:", len(old) + 2, f"{old}:%"])
            cursor.execute("DELETE FROM spaces_reach WHERE audience LIKE %s", [f"{old}:%"])


class Migration(migrations.Migration):
    dependencies = [("spaces", "0005_profiles")]

    operations = [migrations.RunPython(by_profile, elidable=True)]
