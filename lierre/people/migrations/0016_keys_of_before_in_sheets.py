"""The keys that a person bore before stand on their sheet: nothing writes them beside the shelf any more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0015_latest_contact_points")]

    operations = [migrations.RemoveField("keyshelf", "anew")]
