"""Some keys only let figures be read."""

from django.db import migrations, models

NAMES = ("account", "ownaccount")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0012_mailing_calendar")]

    operations = [
        migrations.AddField(name, "reads_only", models.BooleanField(default=False, editable=False)) for name in NAMES
    ]
