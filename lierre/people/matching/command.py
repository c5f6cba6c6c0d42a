"""`lierre match`: the matching of files, from the command line. It needs no base and loads no Django."""

import argparse
import sys
from pathlib import Path

from lierre.people.matching.schema import MatchingFaultError


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise MatchingFaultError(message)


def main(arguments: list[str]) -> int:
    """2 when what was asked cannot be done, with a sentence that says why."""
    parser = _Parser(prog="lierre match", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    batch = commands.add_parser("batch", help="match a file with a base, or with itself")
    batch.add_argument("--task", choices=("link", "dedupe"), required=True)
    batch.add_argument("--left", required=True, help="the lines to reconcile, CSV in UTF-8")
    batch.add_argument("--right", help="the base, CSV in UTF-8")
    batch.add_argument("--out", required=True, help="where to write the pairs")
    batch.add_argument("--model", help="where to keep what was learnt, as JSON; on Spark, what was learnt, if it was")
    batch.add_argument(
        "--engine", choices=("memory", "spark"), default="memory", help="on Spark: a base that no machine holds"
    )
    batch.add_argument("--master", default="local[*]", help="of Spark: this machine, unless another is named")
    online = commands.add_parser("online", help="answer line by line")
    online.add_argument("--right", required=True)
    online.add_argument("--model", help="what a batch has learnt; without it, the base rehearses")
    for one in (batch, online):
        one.add_argument("--schema", required=True, help="the type of each column, JSON")
    try:
        asked = parser.parse_args(arguments)
        return _batch(asked) if asked.command == "batch" else _online(asked)
    except MatchingFaultError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2


def _batch(asked: argparse.Namespace) -> int:
    if asked.task == "link" and not asked.right:
        raise MatchingFaultError("To link, give the base with --right.")
    if not Path(asked.out).parent.is_dir():
        raise MatchingFaultError(f"There is no folder {Path(asked.out).parent} to write in.")
    if asked.engine == "spark":
        return _batch_on_spark(asked)
    import gc

    from lierre.people.matching.batch import run
    from lierre.people.matching.processors import PROCESSORS

    gc.disable()  # one work, then the process ends: nothing to collect
    with PROCESSORS.for_one_work():
        found = run(asked.task, asked.left, asked.right, asked.schema, asked.out)
    if asked.model:
        found.model.save(asked.model)
    return 0


def _batch_on_spark(asked: argparse.Namespace) -> int:
    from lierre.people.matching.spark.linking import run

    known = asked.model if asked.model and Path(asked.model).exists() else None
    model = run(asked.task, asked.left, asked.right, asked.schema, asked.out, known, asked.master)
    if asked.model and not known:
        model.save(asked.model)
    return 0


def _online(asked: argparse.Namespace) -> int:
    from lierre.people.matching.online import serve

    serve(asked.right, asked.schema, sys.stdin, sys.stdout, asked.model)
    return 0
