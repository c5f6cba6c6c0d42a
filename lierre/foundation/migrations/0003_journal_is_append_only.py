"""The base itself refuses to change or delete a line of the journal, whoever asks."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON foundation_entry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END",
    "CREATE TRIGGER journal_is_never_erased BEFORE DELETE ON foundation_entry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is never erased'); END",
]
SQLITE_BACK = ["DROP TRIGGER journal_is_never_changed", "DROP TRIGGER journal_is_never_erased"]
# TRUNCATE stays possible: only the owner of the table may, and that is how a test or a demonstration begins again.
POSTGRESQL = [
    """
    CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the journal is never changed nor erased' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    "CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON foundation_entry"
    " FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER journal_is_append_only ON foundation_entry",
    "DROP FUNCTION journal_is_append_only",
]


def forward(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def back(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_later_work")]
    operations = [migrations.RunPython(forward, back)]
