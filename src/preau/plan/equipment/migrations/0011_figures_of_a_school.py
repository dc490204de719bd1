"""Priority education and floors leave the school's own row, which had neither year nor source, for dated facts."""

import re

from django.core.management import CommandError
from django.db import migrations, models
from django.utils.timezone import localdate

CODES = {"hors": 0, "REP+": 2, "REP": 1}  # as the column was written: « REP », « hors REP (2018) »


def carry_facts(apps, schema_editor):
    """What each school's row says becomes a fact of the year it names, else of this one, approximately."""
    school_model, fact_model = apps.get_model("places", "School"), apps.get_model("equipment", "Fact")
    for school in school_model.objects.all():
        text = school.priority_education
        if text:
            code = next((code for word, code in CODES.items() if text.startswith(word)), None)
            year = re.search(r"\b(20\d\d)\b", text)
            if code is None:
                raise CommandError(f"École {school.pk} : « {text} » n’est ni REP, ni REP+, ni hors REP.")
            _carry(fact_model, school, "priority_education", code, int(year[1]) if year else None)
        if school.floors_count:
            _carry(fact_model, school, "floors", school.floors_count, None)


def _carry(fact_model, school, measure, value, year):
    day = localdate().replace(year=year, month=9, day=1) if year else localdate()
    fact_model.objects.create(
        city_id=school.city_id, school=school, measure=measure, value=value, as_of=day,
        period=f"rentrée {year}" if year else "", is_approximate=year is None,
        source=(school.source or "fiche de l’école")[:300],
        quality="fictitious" if school.is_fictitious else "declared",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("equipment", "0010_contents_not_detailed"), ("places", "0003_where_schools_are")]

    operations = [
        migrations.AlterField(
            model_name="fact",
            name="measure",
            field=models.CharField(
                choices=[
                    ("schools", "écoles maternelles et élémentaires publiques"),
                    ("pupils", "élèves des écoles publiques"),
                    ("equipped_schools", "écoles équipées"),
                    ("equipped_nurseries", "maternelles équipées"),
                    ("equipped_elementaries", "élémentaires équipées"),
                    ("equipped_classes", "classes équipées"),
                    ("invested_cents", "investi pour les écoles équipées"),
                    ("classes", "classes de l’école"),
                    ("school_pupils", "élèves de l’école"),
                    ("priority_education", "éducation prioritaire"),
                    ("floors", "étages avec des classes"),
                    ("social_index_tenths", "indice de position sociale"),
                    ("pilot_pupils", "élèves des écoles abonnées par la Ville"),
                    ("unit_price_ht_cents", "abonnement par élève et par an, HT"),
                    ("subscription_ttc_cents", "coût publié de l’abonnement, TTC"),
                ],
                max_length=24,
                verbose_name="mesure",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("measure", "priority_education"), _negated=True),
                    ("value__in", (0, 1, 2)),
                    _connector="OR",
                ),
                name="fact_of_priority_education_is_a_code",
            ),
        ),
        migrations.RunPython(carry_facts, migrations.RunPython.noop),
    ]
