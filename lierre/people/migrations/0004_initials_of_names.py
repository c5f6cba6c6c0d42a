"""Names can be searched by one letter beside other words (“le g”, “dupont j”) without reading all that begin with it."""

from django.db import migrations

COLUMNS = "n0, n1, tokenize=\"unicode61 remove_diacritics 2\", prefix='{}'"


def rebuilt(prefixes):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor != "sqlite":
            return
        for statement in (
            f"CREATE VIRTUAL TABLE people_names_again USING fts5({COLUMNS.format(prefixes)})",
            "INSERT INTO people_names_again (rowid, n0, n1) SELECT rowid, n0, n1 FROM people_names",
            "DROP TABLE people_names",
            "ALTER TABLE people_names_again RENAME TO people_names",
        ):
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("people", "0003_saved_searches")]
    operations = [migrations.RunPython(rebuilt("1 2 3"), rebuilt("2 3"))]
