"""How often someone may be written to, all subjects together."""

from django.db import migrations, models

SPEAKS_OF_EVERYTHING = ["no", "pause", "restrict", "resume", "rhythm"]


def guard_again(apps, schema_editor):
    """SQLite makes the table anew when a constraint changes, and forgets who guarded it."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS consents_are_never_changed")
        schema_editor.execute(
            "CREATE TRIGGER consents_are_never_changed BEFORE UPDATE ON privacy_consent"
            " BEGIN SELECT RAISE(ABORT, 'a consent is never changed'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_suppression")]
    operations = [
        migrations.AlterField(
            model_name="consent",
            name="said",
            field=models.CharField(
                choices=[
                    ("yes", "agreed"),
                    ("no", "said no"),
                    ("pause", "asked for a pause"),
                    ("restrict", "asked for restriction"),
                    ("resume", "resumed"),
                    ("rhythm", "said how often, all subjects together"),
                ],
                max_length=8,
                verbose_name="answer",
            ),
        ),
        migrations.RemoveConstraint(model_name="consent", name="a_pause_speaks_of_everything"),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", None), ("said__in", SPEAKS_OF_EVERYTHING))
                | models.Q(("purpose__isnull", False), ("said__in", ["yes", "no"])),
                name="a_pause_speaks_of_everything",
            ),
        ),
        migrations.RunPython(guard_again, guard_again),
    ]
