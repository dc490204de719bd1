"""A tablet without script tells nothing: it is neither awaited nor taken for cut."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lessons', '0013_returned_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='device',
            name='has_script',
            field=models.BooleanField(default=True, verbose_name='avec JavaScript'),
        ),
    ]
