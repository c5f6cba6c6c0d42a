"""The floor: DuckDB reads both files and does one equi-join on names. Runs in the environment of the peers, prints seconds.

`python floor.py LEFT RIGHT GIVEN_LEFT FAMILY_LEFT GIVEN_RIGHT FAMILY_RIGHT`
"""

import sys
import time


def main() -> None:
    import duckdb  # type: ignore[import-not-found,unused-ignore]

    left, right, *names = sys.argv[1:]
    begun = time.perf_counter()
    connection = duckdb.connect()
    for table, path, given, family in (("one", left, *names[:2]), ("other", right, *names[2:])):
        cells = f"lower(strip_accents({given})) g, lower(strip_accents({family})) f"
        connection.execute(f"CREATE TABLE {table} AS SELECT id, {cells} FROM read_csv('{path}', all_varchar=true)")
    connection.execute("SELECT count(*) FROM one JOIN other USING (g, f)").fetchone()
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
