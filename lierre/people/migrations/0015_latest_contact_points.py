"""For contact points the latest is now believed: whoever was folded by the former order is read again by a worker."""

from django.db import migrations


def ask(apps, schema_editor):
    """Only where nobody decided of an order: a policy that somebody adopted holds as it is."""
    if apps.get_model("people", "PolicyVersion").objects.exists() or not apps.get_model("people", "Person").objects.exists():
        return
    apps.get_model("foundation", "Work").objects.create(
        name="people.fold_again", by_name="migration"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0003_journal_is_append_only"),
        ("people", "0014_delegates_and_groups"),
    ]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
