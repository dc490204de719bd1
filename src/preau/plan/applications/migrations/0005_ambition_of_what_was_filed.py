from django.db import migrations


def fill(apps, schema_editor):
    """From the file's ambitions; when its team has emptied them since, from the words of its last copy."""
    Application = apps.get_model('applications', 'Application')
    Ambition = apps.get_model('ambitions', 'Ambition')
    for file in Application.objects.filter(copies_count__gte=1).select_related('school'):
        served = file.ambitions.order_by('kind', 'position', 'id').first()
        if served is None:
            copy = file.copies.order_by('-number').first()
            told = next((line[3] for line in copy.content['lines'] if line[1] == 'ambitions'), '') if copy else ''
            known = Ambition.objects.filter(city=file.school.city_id).order_by('kind', 'position', 'id')
            served = next((each for each in known if each.label in told), None)
        Application.objects.filter(pk=file.pk).update(served_ambition=served)


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0004_served_ambition'),
        ('places', '0003_where_schools_are'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
