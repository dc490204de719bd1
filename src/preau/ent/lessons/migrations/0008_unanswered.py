import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lessons', '0007_awaited_devices'),
    ]

    operations = [
        migrations.AlterField(
            model_name='lesson',
            name='board_key',
            field=models.CharField(blank=True, db_index=True, max_length=43, verbose_name='clé du tableau'),
        ),
        migrations.AddField(
            model_name='awaiteddevice',
            name='number',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='numéro'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='awaiteddevice',
            name='known_hash',
            field=models.CharField(blank=True, db_index=True, max_length=64, verbose_name='empreinte de la clé qui dure'),
        ),
        migrations.AddField(
            model_name='awaiteddevice',
            name='pupil',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='élève'),
        ),
        migrations.AddField(
            model_name='awaiteddevice',
            name='kept_count',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pas encore envoyé'),
        ),
    ]
