"""Makes searchable what was written before texts could be searched: for the migrations of the rooms that publish."""

from django.db import migrations

from preau.spaces.stems import key_of

CHUNK = 500


def index(app_label: str, model: str, *fields: str, has_title: bool = True) -> migrations.RunPython:
    """The words of these fields of each row, the first being its title."""

    def run(apps, schema_editor):
        search_text = apps.get_model("spaces", "SearchText")
        rows, made = apps.get_model(app_label, model).objects, []
        for publication_id, *said in rows.values_list("publication_id", *fields).iterator(CHUNK):
            title = said[0] if has_title else ""
            made.append(
                search_text(publication_id=publication_id, title_key=key_of(title), text_key=key_of(" ".join(said)))
            )
        search_text.objects.bulk_create(made, batch_size=CHUNK, ignore_conflicts=True)

    return migrations.RunPython(run, migrations.RunPython.noop, elidable=True)
