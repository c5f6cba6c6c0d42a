"""A consent is never changed, whoever asks; and what a French institution begins with."""

from django.db import migrations

from lierre.privacy.defaults import load

SQLITE = [
    "CREATE TRIGGER consents_are_never_changed BEFORE UPDATE ON privacy_consent"
    " BEGIN SELECT RAISE(ABORT, 'a consent is never changed'); END",
]
SQLITE_BACK = ["DROP TRIGGER consents_are_never_changed"]
POSTGRESQL = [
    """
    CREATE FUNCTION consents_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a consent is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    "CREATE TRIGGER consents_are_never_changed BEFORE UPDATE ON privacy_consent"
    " FOR EACH ROW EXECUTE FUNCTION consents_are_never_changed()",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER consents_are_never_changed ON privacy_consent",
    "DROP FUNCTION consents_are_never_changed",
]


def forward(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def back(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


def defaults(apps, schema_editor):
    load(apps.get_model("privacy", "Controller").objects, apps.get_model("privacy", "Purpose").objects)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]
    operations = [
        migrations.RunPython(forward, back),
        migrations.RunPython(defaults, migrations.RunPython.noop),
    ]
