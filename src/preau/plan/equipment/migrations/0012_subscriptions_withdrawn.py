"""A subscription is withdrawn and stays; one of no year at all is refused, and was read « non publié » all along."""

from django.db import migrations, models


def say_unknown(apps, schema_editor):
    """A length of 0 becomes unknown, what its pages said; whoever upgrades reads which lines."""
    none = apps.get_model("equipment", "Subscription").objects.filter(years_count=0)
    for school, day in none.order_by("starts_on", "id").values_list("school__name", "starts_on"):
        print(
            f"Abonnement de {school} à partir du {day:%d/%m/%Y}\u00a0: 0 année n’est pas une durée, elle devient "
            "non publiée. Corrigez la ligne si vous la connaissez."
        )
    none.update(years_count=None)


class Migration(migrations.Migration):

    dependencies = [
        ('equipment', '0011_figures_of_a_school'),
        ('places', '0004_school_contact_has_a_source'),
    ]

    operations = [
        migrations.RunPython(say_unknown, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='subscription',
            name='subscription_once_per_start',
        ),
        migrations.AddField(
            model_name='subscription',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='retiré le'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('school', 'starts_on'), name='subscription_once_per_start'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('years_count', None), ('years_count__gte', 1), _connector='OR'), name='subscription_lasts_a_year_or_unknown'),
        ),
    ]
