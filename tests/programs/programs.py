"""The corpus on disk: groups, their programs, points and references."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
CORPUS, REFERENCES = HERE / "corpus", HERE / "references"


@dataclass(frozen=True, slots=True)
class Program:
    """One function of the corpus at one point; `source` identifies what its reference was computed from."""

    group: str
    name: str
    function: Callable[[Any], Any]
    point: Any
    source: str


def groups() -> list[str]:
    return sorted(path.stem for path in CORPUS.glob("*.py"))


def names_in(text: str) -> dict[str, str]:
    """The programs of a file, public functions at its top level, with their source."""
    body = ast.parse(text).body
    return {
        node.name: ast.get_source_segment(text, node) or ""
        for node in body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def read(point: Any) -> Any:
    """A point as the tool and the programs are given it: a float, or an array of floats."""
    return float(point) if np.ndim(point) == 0 else np.array(point, dtype=float)


def programs(group: str) -> list[Program]:
    """All programs of a group; one with several points, a tuple in POINTS, is several."""
    path = CORPUS / f"{group}.py"
    text = path.read_text(encoding="utf-8")
    specification = importlib.util.spec_from_file_location(f"program_corpus_{group}", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    found = []
    for name, source in names_in(text).items():
        given = module.POINTS.get(name, module.DEFAULT)
        several = given if isinstance(given, tuple) else (given,)
        for k, point in enumerate(several):
            label = name if len(several) == 1 else f"{name}@{k}"
            digest = hashlib.sha256(f"{source}{np.asarray(point).tolist()}".encode()).hexdigest()[:16]
            found.append(Program(group, label, getattr(module, name), read(point), digest))
    return found


def references(group: str) -> dict[str, Any]:
    path = REFERENCES / f"{group}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def flat(result: Any) -> list[Any]:
    """All numbers of a result, in order: through tuples, lists, dicts and arrays."""
    if isinstance(result, dict):
        return [x for inner in result.values() for x in flat(inner)]
    if isinstance(result, (tuple, list)):
        return [x for inner in result for x in flat(inner)]
    if isinstance(result, np.ndarray):
        return list(result.ravel())
    return [result]
