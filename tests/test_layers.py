"""The walls of the house, held by reading every import: layers, doorways, and no cycles."""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "gradcheck_tool"

# From the top of the house to its foundation; rooms on one step do not know each other.
STEPS = (
    ("cli",),
    ("checking",),
    ("examine",),
    ("report", "derivatives"),
    ("judgement",),
    ("diagnosis",),
    ("methods",),
    ("walks",),
    ("tracing",),
    ("calculus", "subject", "settings"),
    ("complaint",),
)
LEVEL = {room: level for level, rooms in enumerate(STEPS) for room in rooms}
FRONT_DOOR = ("gradcheck_tool", "gradcheck_tool.__main__")  # the public names and ``python -m``: above every step

# What may be imported where; a file is meant by the beginning of its path.
DOORWAYS = {
    "click": ("cli/",),
    "rich": ("cli/", "report/"),
    "sympy": ("calculus/worlds/symbol", "methods/symbolic"),
    "mpmath": ("calculus/worlds/symbol", "methods/symbolic"),
    "flint": ("calculus/worlds/ball",),
    "scipy": (),
}
LATE = ("sympy", "mpmath", "flint")  # starting the command must not pay for these


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement: who writes it, what it names, and whether it runs when the file is loaded."""

    importer: str
    imported: str
    path: Path
    line: int
    at_load: bool

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.imported}"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(HOUSE.rglob("*.py"))}


def statements(node: ast.AST, *, at_load: bool = True) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, at_load
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        yield from statements(child, at_load=at_load and not inside and not typing_only)


def named(statement: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
        return
    assert statement.level == 0, "imports are absolute, so that this test can read them"
    for alias in statement.names:
        inner = f"{statement.module}.{alias.name}"
        yield inner if inner in MODULES else str(statement.module)


def imports_of(name: str, path: Path) -> list[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        Import(name, imported, path, statement.lineno, at_load)
        for statement, at_load in statements(tree)
        for imported in named(statement)
    ]


IMPORTS = [one for name, path in MODULES.items() for one in imports_of(name, path)]
OURS = [one for one in IMPORTS if one.imported.partition(".")[0] == "gradcheck_tool"]


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_room_has_a_step():
    """A new room must be given its place before anything can be imported from it."""
    assert {room(name) for name in MODULES if name not in FRONT_DOOR} == set(LEVEL)


def test_imports_point_down_only():
    """A room imports from rooms below it, also inside functions; the root gives nothing but its version."""
    wrong = [
        str(one)
        for one in OURS
        if one.importer not in FRONT_DOOR
        and one.imported != "gradcheck_tool"
        and room(one.importer) != room(one.imported)
        and LEVEL[room(one.importer)] >= LEVEL[room(one.imported)]
    ]
    assert wrong == []


def test_the_root_package_imports_nothing_when_it_is_loaded():
    """``gradcheck --help`` pays for no room it does not use: the public names are fetched when they are asked for."""
    assert [str(one) for one in OURS if one.importer == "gradcheck_tool" and one.at_load] == []


@pytest.mark.parametrize("library", DOORWAYS)
def test_each_library_has_its_doorway(library):
    """A library that a room was not given is not imported there, not even inside a function."""
    strangers = [
        str(one)
        for one in IMPORTS
        if one.imported.partition(".")[0] == library
        and not one.path.relative_to(HOUSE).as_posix().startswith(DOORWAYS[library])
    ]
    assert strangers == []


@pytest.mark.parametrize("library", [name for name, doors in DOORWAYS.items() if doors])
def test_each_doorway_is_used(library):
    """A doorway nobody walks through would be a rule about nothing."""
    assert any(one.imported.partition(".")[0] == library for one in IMPORTS)


def test_imports_go_in_no_circle():
    """There is an order in which all modules can be loaded one after the other."""
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for one in OURS:
        if one.at_load and one.imported in MODULES and one.imported != one.importer:
            graph[one.importer].add(one.imported)
    assert set(graphlib.TopologicalSorter(graph).static_order()) == set(MODULES)


def test_heavy_libraries_are_loaded_late():
    """What loads at the start of a check reaches neither SymPy nor python-flint."""
    loaded, waiting = set(), ["gradcheck_tool.checking", "gradcheck_tool.cli.check"]
    while waiting:
        name = waiting.pop()
        loaded.add(name)
        waiting.extend(
            one.imported for one in OURS if one.importer == name and one.at_load and one.imported not in loaded
        )
    reached = [str(one) for one in IMPORTS if one.importer in loaded and one.at_load and one.imported.startswith(LATE)]
    assert reached == []
