"""Files are short, and named by what they hold."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = {".py": 300, ".html": 120, ".css": 250}
LONGEST_TEST = 400
LONGEST_FUNCTION = 50
SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "managers",
    "misc",
    "common",
    "core",
    "base",
}
# Files that are longer, or named so, and why.
EXCEPTIONS = {
    "lierre/foundation/sqlite/base.py": "Django asks its engines for a module of this name",
    "lierre/foundation/templates/foundation/components.html": "the catalogue of components: one page, every one of them",
}


def files() -> list[Path]:
    found = [
        path
        for folder in ("lierre", "demo", "benchmarks", "simulators", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in LONGEST and not {"migrations", "vendor", "__pycache__"} & set(path.parts)
    ]
    return [path for path in found if str(path.relative_to(ROOT)) not in EXCEPTIONS]


def longest(path: Path) -> int:
    is_test = path.name.startswith("test_") or "tests" in path.relative_to(ROOT).parts
    return LONGEST_TEST if is_test and path.suffix == ".py" else LONGEST[path.suffix]


def test_no_file_is_too_long_to_be_read_as_a_page():
    lines = {str(path.relative_to(ROOT)): (len(path.read_text().splitlines()), longest(path)) for path in files()}

    assert {name: count for name, (count, most) in lines.items() if count > most} == {}
    assert len(lines) > 300


def test_no_function_is_too_long_to_be_seen_whole():
    long = {}
    for path in files():
        if path.suffix == ".py" and longest(path) != LONGEST_TEST:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = (node.end_lineno or 0) - node.lineno + 1

    assert long == {}


def test_names_of_files_say_something():
    told = [str(path.relative_to(ROOT)) for path in files() if path.suffix != ".css" and path.stem in SAY_NOTHING]
    folders = {part for path in files() for part in path.relative_to(ROOT).parts[:-1]}

    assert told == []
    assert folders & SAY_NOTHING == set()


def test_every_module_opens_with_the_sentence_it_is_about():
    mute = [
        str(path.relative_to(ROOT))
        for path in files()
        if path.suffix == ".py" and path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert mute == []


def test_exceptions_still_exist():
    assert [name for name in EXCEPTIONS if not (ROOT / name).exists()] == []
