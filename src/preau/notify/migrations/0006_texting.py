"""Text messages: what the carrier said of each, and the one that told somebody."""

from django.db import migrations, models
from django.db.models import SET_NULL

ENDS = [
    ("left", "parti"),
    ("refused", "refusé par l’adresse"),
    ("given_up", "abandonné"),
    ("unpaid", "budget de SMS épuisé"),
]


class Migration(migrations.Migration):
    dependencies = [("notify", "0005_level"), ("people", "0014_texting")]
    operations = [
        migrations.AddField(
            "expected", "texted_at", models.DateTimeField("SMS remis le", null=True, blank=True)
        ),
        migrations.AlterField("telling", "end", models.CharField("fin", max_length=8, choices=ENDS)),
        migrations.AddField(
            "telling",
            "text",
            models.ForeignKey(
                "people.TextMessage",
                SET_NULL,
                null=True,
                blank=True,
                related_name="tellings",
                verbose_name="SMS envoyé",
            ),
        ),
    ]
