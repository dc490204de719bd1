from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_known_devices'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='email_confirmed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='courriel confirmé le'),
        ),
    ]
