"""What models cannot say: the table that names are searched in, and triggers that keep records as they came."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE people_names USING fts5(n0, n1, tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')",
    # A key is looked up by its hash alone: without a hidden row number it takes half the room.
    "DROP TABLE people_recordkey",
    "CREATE TABLE people_recordkey (hash bigint NOT NULL, record_id bigint NOT NULL,"
    " PRIMARY KEY (hash, record_id)) WITHOUT ROWID",
    """
    CREATE TRIGGER records_stay_as_they_came BEFORE UPDATE OF raw, facts, asserted, source_id, delivery_id, line, digest
    ON people_record BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END
    """,
]
SQLITE_BACK = ["DROP TRIGGER records_stay_as_they_came", "DROP TABLE people_names"]
POSTGRESQL = [
    "CREATE TABLE people_names (rowid bigint PRIMARY KEY, n0 tsvector NOT NULL, n1 tsvector NOT NULL)",
    "CREATE INDEX people_names_n0 ON people_names USING gin (n0)",
    "CREATE INDEX people_names_n1 ON people_names USING gin (n1)",
    """
    CREATE FUNCTION records_stay_as_they_came() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a record is never changed'; END $$
    """,
    """
    CREATE TRIGGER records_stay_as_they_came BEFORE UPDATE OF raw, facts, asserted, source_id, delivery_id, line, digest
    ON people_record FOR EACH ROW EXECUTE FUNCTION records_stay_as_they_came()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER records_stay_as_they_came ON people_record",
    "DROP FUNCTION records_stay_as_they_came",
    "DROP TABLE people_names",
]


def forward(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement.replace("%", "%%"))


def back(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(forward, back)]
