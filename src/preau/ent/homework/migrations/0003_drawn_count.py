"""Pages of a PDF drawn for shared tablets, which would save the file itself."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('homework', '0002_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignmentfile',
            name='drawn_count',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pages dessinées'),
        ),
    ]
