"""Two files matched on Spark, or one with itself: `bin/lierre match batch --engine spark`. Here, or where `--master` says."""

import csv
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from lierre.people.matching.batch import candidates, learnt, sides
from lierre.people.matching.clusters import EVEN, settled
from lierre.people.matching.model import Model
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import MatchingFaultError, Schema
from lierre.people.matching.side import ASKED, Side, repeats
from lierre.people.matching.spark import judged, pairs, settings
from lierre.people.matching.spark.pairs import table_of
from lierre.people.matching.spark.written import MOST, STEPS, written
from lierre.people.matching.table import Table

MISSING: Final = "To match on Spark, install lierre[spark], and Java 17 or later."
TYPES: Final = {"string": "string", "int64": "bigint", "int32": "int", "double": "double"}
LOCAL: Final = "local[*]"


def run(
    task: str,
    left: str,
    right: str | None,
    schema_path: str,
    out: str,
    model_path: str | None = None,
    master: str = LOCAL,
) -> Model:
    """Without a model, it is learnt on this machine as a batch learns it: the files must then be held here once."""
    schema = Schema.read(schema_path)
    right, schema = (right, schema) if task == "link" and right else (left, replace(schema, right=schema.left))
    for path in (left, right):
        if "://" not in path and not Path(path).exists():
            raise MatchingFaultError(f"There is no file {path}.")
    with session(master) as spark:
        model = Model.load(model_path) if model_path else learn(task, schema, left, right)
        if model.task != task:
            raise MatchingFaultError(f"This model was learnt to {model.task}, not to {task}.")
        lines, base = (
            read(spark, path, side, schema.id) for path, side in ((left, schema.left), (right, schema.right))
        )
        model.lines = max(base.count(), 1)
        found = Linking(spark, schema, model, lines, base).answered()
        write(found.toLocalIterator() if task == "link" else grouped(found.toArrow()), out)
    return model


def learn(task: str, schema: Schema, left: str, right: str) -> Model:
    one, other = sides(schema, left, right if task == "link" else None)
    return learnt(task, one, other, *candidates(one, other, task))


@contextmanager
def session(master: str) -> Iterator[Any]:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
        from splink.backends.spark import similarity_jar_location
    except ImportError:
        raise MatchingFaultError(MISSING) from None
    logging.getLogger("splink").setLevel(logging.ERROR)
    asked = {
        "spark.jars": similarity_jar_location(),  # Jaro-Winkler and the letters to change, in Java
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.ansi.enabled": "false",  # a part that a name does not have is nothing, not a fault
        "spark.sql.execution.arrow.maxRecordsPerBatch": "20000",
    }
    if master.startswith("local"):
        asked |= {
            "spark.sql.shuffle.partitions": "8", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
        }  # fmt: skip
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers have what we have
    builder = SparkSession.builder.appName("lierre match").master(master)
    for name, value in asked.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, FileNotFoundError):
        raise MatchingFaultError(MISSING) from None
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def read(spark: Any, path: str, types: dict[str, str], key: str) -> Any:
    """The columns that the schema describes, as texts."""
    rows = spark.read.csv(path, header=True, escape='"', multiLine=False, encoding="UTF-8")
    for column in (key, *types):
        if column not in rows.columns:
            raise MatchingFaultError(
                f"The file {path} has no column {column}. Its columns are: {', '.join(rows.columns)}."
            )
    return rows.select(*(f"`{column}`" for column in dict.fromkeys((key, *types))))


class Linking:
    """The lines and the base, on Spark."""

    def __init__(self, spark: Any, schema: Schema, model: Model, lines: Any, base: Any) -> None:
        self.spark, self.schema, self.model, self.lines, self.base = spark, schema, model, lines, base
        self.places = settings.places(model)
        self.fields = settings.compared(model, schema)
        first = base.limit(ASKED).toArrow().combine_chunks()
        self.said = repeats(table_of(first, list(schema.right), schema.id), schema)

    def reading(self, *, left: bool, rarities: Rarities | None = None) -> Callable[[Any], Side]:
        """What an executor does of a lot of lines."""
        schema, said = self.schema, self.said
        types = list(schema.left if left else schema.right)

        def side_of(batch: Any) -> Side:
            side = Side.of(table_of(batch, types, schema.id), schema, left=left, repeats=said)
            if rarities is not None:
                rarities.weigh(side)
            return side

        return side_of

    def rarities(self) -> Rarities:
        counts = self.base.mapInArrow(pairs.counted(self.reading(left=False)), pairs.COUNTS)
        together = counts.groupBy("name", "number").sum("times").withColumnRenamed("sum(times)", "times")
        return pairs.rarities_of(together.where(f"times > 1 OR number = {pairs.LINES}").toArrow())

    def shared(self) -> Any:
        """The pairs that share a key, in the words of Splink."""
        for name, rows, left in (("asked", self.lines, True), ("known", self.base, False)):
            made = rows.mapInArrow(pairs.keyed(self.reading(left=left), left=left), pairs.KEYS)
            made.createOrReplaceTempView(name)
        most = self.spark.sql("SELECT max(most) FROM asked").first()[0] or 0
        return self.spark.sql(pairs.SHARED[self.model.task].format(most=most))

    def told(self, rows: Any, rarities: Rarities, *, left: bool) -> Any:
        side_of, places = self.reading(left=left, rarities=rarities), self.places

        def tell(batches: Iterable[Any]) -> Iterator[Any]:
            import pyarrow as arrow

            for batch in batches:
                yield arrow.record_batch(written(side_of(batch), places, left=left))

        nobody = Side.of(Table.of_rows([], self.schema.left if left else self.schema.right), self.schema, left=left)
        empty = written(nobody, places, left=left)
        return rows.mapInArrow(tell, ", ".join(f"`{name}` {sql_type(column.type)}" for name, column in empty.items()))

    def answered(self) -> Any:
        """The pairs and their probabilities."""
        from splink import Linker
        from splink.backends.spark import SparkAPI

        rarities = self.rarities()
        connected: Any = SparkAPI
        api = connected(spark_session=self.spark, break_lineage_method="persist")
        frames = [
            api.register(self.told(rows, rarities, left=name == "left"), dataset_display_name=name)
            for name, rows in (("left", self.lines), ("right", self.base))
        ]
        linker = Linker(frames, settings.settings(self.model, self.fields))
        worth = self.spark.range(MOST + 1).selectExpr("int(id) AS bits", f"pow(2D, -id / {STEPS}D) AS share")
        for column in settings.rarities(self.fields):
            table = api.register(
                worth.selectExpr(f"bits AS {column}", f"share AS tf_{column}"), table_name=f"worth_{column}"
            )
            linker.table_management.register_term_frequency_lookup(table, column)
        shared = api.register(self.shared(), table_name="shared")
        linker.table_management.register_blocked_pairs_for_predict(shared)
        found = linker.inference.predict().as_spark_dataframe()
        found.unpersist()  # only what is needed below is computed then
        kept = ["unique_id_l", "unique_id_r", "origin_l", "context_l", "context_r"]
        kept += [f"gamma_{one.place}" for one in self.fields]
        kept += [f"mw_tf_adj_{one.place}" for one in self.fields if one.has_rarity]
        return (
            found.select(*kept)
            .repartition("unique_id_l")
            .mapInArrow(judged.judging(self.model, self.fields), judged.ANSWERED)
        )


def grouped(answers: Any) -> Iterator[tuple[str, str, float]]:
    """Inside one file, pairs settle in groups: on this machine, since likely pairs are few beside the lines."""
    ids = [answers.column(name).to_pylist() for name in ("id_l", "id_r")]
    lines = sorted({*ids[0], *ids[1]})
    places = {line: rank for rank, line in enumerate(lines)}
    l_rows, r_rows = (np.array([places[line] for line in side], dtype=np.int64) for side in ids)
    found = settled(l_rows, r_rows, answers.column("match_probability").to_numpy())
    for one, other, probability in zip(*(column.tolist() for column in found), strict=True):
        if probability >= EVEN:
            yield lines[one], lines[other], probability


def sql_type(kind: Any) -> str:
    text = str(kind)
    if text.startswith("list"):
        return f"array<{sql_type(kind.value_type)}>"
    return TYPES[text]


def write(rows: Iterable[Any], out: str) -> None:
    with Path(out).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id_l", "id_r", "match_probability"))
        writer.writerows((row[0], row[1], f"{row[2]:.9f}") for row in rows)
