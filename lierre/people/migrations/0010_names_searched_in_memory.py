"""Names are searched in memory: the words that only staff may search stand in the directory, the others in what it sorts by."""

from django.db import migrations, models

SQLITE = [
    "UPDATE people_directoryentry SET hidden_names = in_order(names.n1)"
    " FROM people_names AS names WHERE names.rowid = person_id AND names.n1 <> ''",
    "DROP TABLE people_names",
]
POSTGRESQL = [
    """
    UPDATE people_directoryentry SET hidden_names = (
        SELECT string_agg(word, ' ' ORDER BY word COLLATE "C") FROM unnest(tsvector_to_array(names.n1)) AS word
    ) FROM people_names AS names WHERE names.rowid = person_id AND names.n1 <> ''
    """,
    "DROP TABLE people_names",
]
SQLITE_BACK = [
    "CREATE VIRTUAL TABLE people_names USING fts5(n0, n1, tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')",
    "INSERT INTO people_names (rowid, n0, n1)"
    " SELECT person_id, trim(substr(sort, instr(sort, ',') + 2) || ' ' || substr(sort, 1, instr(sort, ',') - 1)),"
    " hidden_names FROM people_directoryentry",
]
POSTGRESQL_BACK = [
    "CREATE TABLE people_names (rowid bigint PRIMARY KEY, n0 tsvector NOT NULL, n1 tsvector NOT NULL)",
    "INSERT INTO people_names (rowid, n0, n1)"
    " SELECT person_id, array_to_tsvector(array_remove(string_to_array(replace(sort, ',', ''), ' '), '')),"
    " array_to_tsvector(array_remove(string_to_array(hidden_names, ' '), '')) FROM people_directoryentry",
    "CREATE INDEX people_names_n0 ON people_names USING gin (n0)",
    "CREATE INDEX people_names_all ON people_names USING gin ((n0 || n1))",
]


def overwrite_what_goes(_apps, schema_editor):
    """Whoever is erased one day must not be left in pages that were given up here."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("PRAGMA secure_delete = ON")


def forward(_apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        connection.connection.create_function("in_order", 1, lambda words: " ".join(sorted(set(words.split()))))
    for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def back(_apps, schema_editor):
    """`lierre rebuild` then writes the words of names, each alone, as the version before knew them."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0009_segments_and_exports")]

    operations = [
        migrations.RunPython(overwrite_what_goes, overwrite_what_goes),
        migrations.AddField("directoryentry", "hidden_names", models.TextField(blank=True, default="")),
        migrations.RunPython(forward, back),
        migrations.DeleteModel("NameWord"),
    ]
