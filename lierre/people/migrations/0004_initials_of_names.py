"""Names searched by several words at once (“jean le g”, “dupont j”) without reading all that begin with one letter."""

from django.db import migrations

COLUMNS = "n0, n1, tokenize=\"unicode61 remove_diacritics 2\", prefix='{}'"
# Staff search both columns: one index answers for the two, where two indexes were joined word after word.
POSTGRESQL = [
    "CREATE INDEX people_names_all ON people_names USING gin ((n0 || n1))",
    "DROP INDEX people_names_n1",
]
POSTGRESQL_BACK = [
    "CREATE INDEX people_names_n1 ON people_names USING gin (n1)",
    "DROP INDEX people_names_all",
]


def rebuilt(prefixes):
    return [
        f"CREATE VIRTUAL TABLE people_names_again USING fts5({COLUMNS.format(prefixes)})",
        "INSERT INTO people_names_again (rowid, n0, n1) SELECT rowid, n0, n1 FROM people_names",
        "DROP TABLE people_names",
        "ALTER TABLE people_names_again RENAME TO people_names",
    ]


def forward(apps, schema_editor):
    for statement in rebuilt("1 2 3") if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def back(apps, schema_editor):
    for statement in rebuilt("2 3") if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_saved_searches")]
    operations = [migrations.RunPython(forward, back)]
