"""The models on disk: plain user code, its points, its truth, and the flat order of numbers in nests."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import linecache
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

HERE = Path(__file__).parent
MODELS, TRUTH = HERE / "models", HERE / "truth"
INTENDED = "intended_"


@dataclass(frozen=True, slots=True)
class Model:
    """One function with its right gradient at one point; `point` maps parameters to plain data."""

    group: str
    name: str
    number: int
    function: Callable[..., Any]
    gradient: Callable[..., Any]
    point: dict[str, Any]

    @property
    def label(self) -> str:
        return f"{self.name}@{self.number}"

    @property
    def arguments(self) -> dict[str, Any]:
        """A fresh copy of the point with arrays for lists."""
        return {name: as_arrays(value) for name, value in self.point.items()}


@dataclass(frozen=True, slots=True)
class Truth:
    """The derivative by high-precision arithmetic, shape (m, n), and how far the right gradient is rounded from it."""

    jacobian: np.ndarray
    rounding: np.ndarray  # |right gradient in doubles - truth|, same shape


@dataclass(frozen=True, slots=True)
class Special:
    """A case without a plain right or wrong: the outcomes an expert accepts, and codes of which one should be told."""

    name: str
    function: Callable[..., Any]
    gradient: Callable[..., Any]
    point: dict[str, Any]
    accepted: tuple[str, ...]
    codes: tuple[str, ...]  # one of them should be told; none where any will do


def groups() -> list[str]:
    return sorted(path.stem for path in MODELS.glob("*.py") if path.stem != "special")


def as_arrays(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_arrays(inner) for key, inner in value.items()}
    return np.array(value, dtype=float) if isinstance(value, list) else value


def source(group: str) -> str:
    return (MODELS / f"{group}.py").read_text(encoding="utf-8")


def execute(text: str, path: str) -> ModuleType:
    """The text as a module; its lines are known under `path`, so that reports can show them."""
    module = ModuleType(f"verdicts_{Path(path).stem}_{hashlib.sha256(text.encode()).hexdigest()[:8]}")
    module.__file__ = path
    sys.modules[module.__name__] = module
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    exec(compile(text, path, "exec"), vars(module))  # noqa: S102 - our own models
    return module


@cache
def module_of(group: str) -> ModuleType:
    return execute(source(group), str(MODELS / f"{group}.py"))


def fresh_module(group: str) -> ModuleType:
    """The same without memory of earlier calls."""
    return execute(source(group), str(MODELS / f"{group}.py"))


def named_point(function: Callable[..., Any], given: Any) -> dict[str, Any]:
    names = list(inspect.signature(function).parameters)
    if isinstance(given, dict) and set(given) == set(names):
        return {name: given[name] for name in names}
    (name,) = names
    return {name: given}


@cache
def models(group: str) -> tuple[Model, ...]:
    module = module_of(group)
    found = []
    for name, points in module.POINTS.items():
        function, gradient = getattr(module, name), getattr(module, f"{name}_grad")
        found += [
            Model(group, name, k, function, gradient, named_point(function, given)) for k, given in enumerate(points)
        ]
    return tuple(found)


def special_names() -> list[str]:
    return list(module_of("special").SPECIAL)


def special(name: str) -> Special:
    """One special case, its module loaded afresh so that no memory is left from another check."""
    module = fresh_module("special")
    given, accepted, code = module.SPECIAL[name]
    function = getattr(module, name)
    return Special(
        name,
        function,
        getattr(module, f"{name}_grad"),
        named_point(function, given),
        tuple(accepted),
        tuple(filter(None, code.split("|"))),
    )


def digest(model: Model) -> str:
    """What the truth of a model was computed from: its functions and helpers, and the point."""
    text = source(model.group)
    body = ast.parse(text).body
    own = {model.name, f"{model.name}_grad", f"{INTENDED}{model.name}"}
    parts = [
        ast.get_source_segment(text, node) or ""
        for node in body
        if not isinstance(node, ast.FunctionDef) or node.name in own or node.name.startswith("_")
        if not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("POINTS", "_NEAR"))
    ]
    return hashlib.sha256(f"{parts}{json.dumps(model.point)}".encode()).hexdigest()[:16]


@cache
def truths(group: str) -> dict[str, Truth]:
    path = TRUTH / f"{group}.json"
    data = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {
        label: Truth(np.array(entry["jacobian"], dtype=float), np.array(entry["rounding"], dtype=float))
        for label, entry in data.items()
    }


def flat(nest: Any) -> list[Any]:
    """All numbers of a nest, in order: through dicts, tuples, lists and arrays."""
    if isinstance(nest, dict):
        return [x for inner in nest.values() for x in flat(inner)]
    if isinstance(nest, tuple | list):
        return [x for inner in nest for x in flat(inner)]
    return list(np.asarray(nest).ravel()) if isinstance(nest, np.ndarray) else [nest]


def restored(template: Any, numbers: list[Any]) -> Any:
    """The inverse of `flat`: numbers put into the shape of the template, arrays for arrays."""
    remaining = iter(numbers)

    def build(nest: Any) -> Any:
        if isinstance(nest, dict):
            return {key: build(inner) for key, inner in nest.items()}
        if isinstance(nest, tuple | list):
            return type(nest)(build(inner) for inner in nest)
        if isinstance(nest, np.ndarray) and nest.ndim:
            return np.array([next(remaining) for _ in range(nest.size)]).reshape(nest.shape)
        return next(remaining)

    return build(template)


def matrix(result: Any, shape: tuple[int, int]) -> np.ndarray | None:
    """A gradient as a matrix, outputs by inputs; None where it has not as many numbers."""
    try:
        numbers = np.array([complex(x).real if np.iscomplexobj(x) else float(x) for x in flat(result)])
    except (TypeError, ValueError):
        return None
    return numbers.reshape(shape) if numbers.size == shape[0] * shape[1] else None
