from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("rollouts", "0004_settled_kit_filled"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='rollout',
            constraint=models.CheckConstraint(condition=models.Q(('classes_count__gte', 1), ('classes_count__lte', 60)), name='rollout_has_its_classes'),
        ),
        migrations.AddConstraint(
            model_name='rollout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('programme_entry_id', None), ('settled_kit', None)), models.Q(('programme_entry_id__isnull', False), ('settled_kit__isnull', False)), _connector='OR'), name='rollout_of_a_programme_knows_its_kit'),
        ),
        migrations.AddConstraint(
            model_name='rollout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('settled_kit', models.F('kit')), ('settled_kit__isnull', False)), models.Q(('settled_kit', None), models.Q(('reason', ''), _negated=True)), models.Q(('settled_kit__isnull', False), models.Q(('settled_kit', models.F('kit')), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='rollout_says_why_without_or_beside_its_programme'),
        ),
    ]
