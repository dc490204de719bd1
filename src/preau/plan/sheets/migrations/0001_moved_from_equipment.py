"""The drafts of the city's sheet change room, not table: nothing is written in the base."""

import django.db.models.deletion
from django.db import migrations, models

import preau.kit.ids


class Migration(migrations.Migration):

    dependencies = [
        ('equipment', '0004_drafts_leave_for_sheets'),
        ('kit', '0003_cache_table'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='PlanDraft',
                    fields=[
                        ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('file_name', models.CharField(max_length=200, verbose_name='fichier')),
                        ('file_digest', models.CharField(max_length=64, verbose_name='empreinte')),
                        ('lines', models.JSONField(default=list, verbose_name='lignes')),
                        ('problems', models.JSONField(default=list, verbose_name='lignes à revoir')),
                        ('created_at', models.DateTimeField(verbose_name='lu le')),
                        ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='plan_drafts', to='kit.batch', verbose_name='lot appliqué')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_drafts', to='places.city', verbose_name='ville')),
                    ],
                    options={
                        'verbose_name': 'tableau de la ville, lu',
                        'db_table': 'equipment_plandraft',
                    },
                ),
            ],
        ),
    ]
