"""The time zone of each account; blank is that of the institution."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_days_of_roles_and_invitations")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="time_zone",
            field=models.CharField(blank=True, max_length=64, verbose_name="time zone"),
        ),
    ]
