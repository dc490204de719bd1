import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambitions', '0001_initial'),
        ('applications', '0003_taken_from'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='served_ambition',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ambitions.ambition', verbose_name='ambition servie au dépôt'),
        ),
    ]
