# Pictures know for whom they are. Those of a public site leave it until their author or the head says again that no
# child without accord can be recognised; those of a class stay there (decision 0036).

from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def leave_public_sites(apps, schema_editor):
    posts, pictures = apps.get_model("posts", "Post"), apps.get_model("media", "Picture")
    public = posts.objects.filter(scope="public").values("publication")
    pictures.objects.filter(publication__in=public).update(perimeter=3, withheld_at=timezone.now())
    posts.objects.filter(scope="public").update(no_child_declared_at=None)
    apps.get_model("spaces", "Generation").objects.update(number=F("number") + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0004_searchable"),
        ("media", "0002_accords"),
    ]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="no_child_declared_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="«\xa0aucun enfant sans accord reconnaissable\xa0» dit le"
            ),
        ),
        migrations.RunPython(leave_public_sites, migrations.RunPython.noop),
    ]
