"""What one row cannot say of another: whoever keeps is never gone. Without chains there are no cycles."""

from django.db import migrations

CHAIN = """
    EXISTS (SELECT 1 FROM people_merge other WHERE other.undone_at IS NULL AND other.id <> NEW.id
            AND (other.gone_id = NEW.kept_id OR other.kept_id = NEW.gone_id))
"""
SQLITE = [
    """
    CREATE TRIGGER merges_begin_no_chain BEFORE INSERT ON people_merge WHEN NEW.undone_at IS NULL AND
    EXISTS (SELECT 1 FROM people_merge other WHERE other.undone_at IS NULL
            AND (other.gone_id = NEW.kept_id OR other.kept_id = NEW.gone_id))
    BEGIN SELECT RAISE(ABORT, 'whoever keeps is never gone'); END
    """,
    f"""
    CREATE TRIGGER merges_make_no_chain BEFORE UPDATE ON people_merge WHEN NEW.undone_at IS NULL AND {CHAIN}
    BEGIN SELECT RAISE(ABORT, 'whoever keeps is never gone'); END
    """,
]
SQLITE_BACK = ["DROP TRIGGER merges_begin_no_chain", "DROP TRIGGER merges_make_no_chain"]
POSTGRESQL = [
    f"""
    CREATE FUNCTION merges_make_no_chain() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.undone_at IS NULL AND {CHAIN} THEN
            RAISE EXCEPTION 'whoever keeps is never gone' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER merges_make_no_chain BEFORE INSERT OR UPDATE ON people_merge
    FOR EACH ROW EXECUTE FUNCTION merges_make_no_chain()
    """,
]
POSTGRESQL_BACK = ["DROP TRIGGER merges_make_no_chain ON people_merge", "DROP FUNCTION merges_make_no_chain"]


def forward(_apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def back(_apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0006_merges_and_suspicions")]
    operations = [migrations.RunPython(forward, back)]
