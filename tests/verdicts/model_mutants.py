"""Wrong gradients made from right ones: systematic mistakes in the numbers, and single edits of the source.

What turns out to be no mistake is dropped with the help of the truth: a mutant counts as wrong only where an entry is
further from the truth than `FINEST` of it and than the rounding of the right gradient explains.
"""

from __future__ import annotations

import ast
import copy
import linecache
import math
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

import numpy as np
from cases import Model, Truth, flat, matrix, module_of, restored, source

FINEST = 9e-7
PATIENCE = 0.5  # seconds: an edit may make a loop endless
OF_ONE_KIND = 4  # source mutants of one kind that are kept per gradient


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wrong gradient: how it was made, and, for an edit of the source, the line that was edited."""

    kind: str
    words: str
    gradient: Callable[..., Any]
    line: int = 0
    path: str = ""
    edit: tuple[str, str] = ("", "")  # the expression before and after

    @property
    def from_source(self) -> bool:
        return self.line > 0


Remake = Callable[[Any, Model], Any]


def _affine(factors: Any = 1.0, offset: Any = 0.0, order: Any = None) -> Remake:
    """Numbers reordered, then multiplied, then shifted; an array stays one, so that the change records well."""

    def remake(result: Any, model: Model) -> Any:
        if isinstance(result, np.ndarray) and result.ndim:
            numbers = result.reshape(-1)
            numbers = numbers if order is None else numbers[np.array(order)]
            return (numbers * factors + offset).reshape(result.shape)
        listed = flat(result)
        listed = listed if order is None else [listed[k] for k in order]
        by, plus = np.broadcast_to(factors, len(listed)), np.broadcast_to(offset, len(listed))
        return restored(result, [x * float(a) + float(b) for x, a, b in zip(listed, by, plus, strict=True)])

    return remake


def _wrapped(model: Model, remake: Remake) -> Callable[..., Any]:
    @wraps(model.gradient)
    def gradient(*args: Any, **named: Any) -> Any:
        return remake(model.gradient(*args, **named), model)

    return gradient


def _one(size: int, k: int, value: float, base: float = 1.0) -> np.ndarray:
    changed = np.full(size, base)
    changed[k] = value
    return changed


def _shapes(size: int) -> Iterator[tuple[str, Remake]]:
    if size > 1:
        yield "shape", lambda result, _model: np.array([float(x) for x in flat(result)])[:-1]
        yield "shape", lambda result, _model: float(sum(float(x) for x in flat(result)))
    yield "shape", lambda result, _model: np.array([float(x) for x in flat(result)] + [0.0])


def _numeric(model: Model, shape: tuple[int, int]) -> Iterator[tuple[str, str, Remake]]:
    size = shape[0] * shape[1]
    seed = sum(map(ord, model.label))
    k = seed % size
    for power in range(2, 7):
        yield "factor one", f"entry {k} * (1 + 1e-{power})", _affine(_one(size, (k + power) % size, 1 + 10.0**-power))
    if size > 1:
        yield "sign one", f"entry {k} * -1", _affine(_one(size, k, -1.0))
        yield "factor one", f"entry {k} * 2", _affine(_one(size, (k + 1) % size, 2.0))
        yield "zero one", f"entry {k} = 0", _affine(_one(size, k, 0.0))
        yield "factor all", f"all * {size}", _affine(float(max(shape[1], 3)))
        yield "permuted", "rolled by one", _affine(order=[(i - 1) % size for i in range(size)])
        yield "permuted", "first and last swapped", _affine(order=[size - 1, *range(1, size - 1), 0])
        yield "permuted", "reversed", _affine(order=list(range(size))[::-1])
    yield "sign all", "all * -1", _affine(-1.0)
    yield "factor all", "all * 2", _affine(2.0)
    yield "factor all", "all / 2", _affine(0.5)
    yield "factor all", "all * (1 + 1e-4)", _affine(1 + 1e-4)
    yield "zero all", "all 0", _affine(0.0)
    yield "nan", f"entry {k} is nan", _affine(offset=_one(size, k, math.nan, 0.0))
    yield "constant", f"entry {k} + 0.1", _affine(offset=_one(size, k, 0.1, 0.0))
    yield "stale", "the gradient at another point", _stale
    for kind, remake in _shapes(size):
        yield kind, "another shape", remake
    if shape[0] > 1 and shape[1] > 1:
        yield "transposed", "the transpose", _transposed
    elif shape[0] == 1 and _is_square(model):
        yield "transposed", "the transpose", lambda result, _model: result.T
    if shape[0] > 1:
        row = [0.0] * shape[1]
        yield "zero block", "a row is 0", _affine(np.array([*row, *([1.0] * (size - shape[1]))]))


def _is_square(model: Model) -> bool:
    values = list(model.arguments.values())
    return (
        len(values) == 1
        and isinstance(values[0], np.ndarray)
        and values[0].ndim == 2
        and (values[0].shape[0] == values[0].shape[1])
    )


def _transposed(result: Any, _model: Model) -> Any:
    return result.T if isinstance(result, np.ndarray) and result.ndim == 2 else result


def _stale(result: Any, model: Model) -> Any:
    values = model.arguments
    moved = [x * 1.0625 if x else 0.03125 for x in flat(values)]
    with np.errstate(all="ignore"):
        return model.gradient(**restored(values, moved))


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Raises `TimeoutError` in the body after so many seconds."""

    def out_of_patience(*_: Any) -> None:
        raise TimeoutError("endless")

    signal.signal(signal.SIGALRM, out_of_patience)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _is_wrong(model: Model, truth: Truth, gradient: Callable[..., Any]) -> bool | None:
    """Whether it is; None where it cannot be run, is equal, or is too nearly right to be called wrong."""
    try:
        with np.errstate(all="ignore"), patience(PATIENCE):
            result = gradient(**model.arguments)
    except Exception:  # noqa: BLE001 - an edit of the source may break anything
        return None
    values = matrix(result, truth.jacobian.shape)
    if values is None:
        return True
    if isinstance(result, np.ndarray) and result.shape not in (np.shape(model.gradient(**model.arguments)), ()):
        return True
    with np.errstate(all="ignore"):
        gap = np.abs(values - truth.jacobian)
        size = np.maximum(np.abs(values), np.abs(truth.jacobian))
        return True if np.any(~(gap <= FINEST * size + 3 * truth.rounding)) else None


def wrong_entries(model: Model, truth: Truth, gradient: Callable[..., Any]) -> set[tuple[int, int]] | None:
    """The places (row, column) of the entries that are wrong; None where the shape is."""
    with np.errstate(all="ignore"):
        values = matrix(gradient(**model.arguments), truth.jacobian.shape)
        if values is None:
            return None
        size = np.maximum(np.abs(values), np.abs(truth.jacobian))
        bad = ~(np.abs(values - truth.jacobian) <= FINEST * size + 3 * truth.rounding)
    return {(int(i), int(j)) for i, j in np.argwhere(bad)}


def numeric(model: Model, truth: Truth) -> list[Mutant]:
    found = [
        Mutant(kind, words, _wrapped(model, remake)) for kind, words, remake in _numeric(model, truth.jacobian.shape)
    ]
    return [mutant for mutant in found if _is_wrong(model, truth, mutant.gradient)]


# --- edits of the source -----------------------------------------------------------------------------------------

OTHER = {"sin": "cos", "cos": "sin", "exp": "log1p", "sinh": "cosh", "cosh": "sinh", "tanh": "tan", "sqrt": "cbrt",
         "log": "log1p", "expit": "ndtr", "minimum": "maximum", "maximum": "minimum"}  # fmt: skip
OPPOSITE = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}


def _edits(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """(kind, what stands there instead) for one expression."""
    if isinstance(node, ast.BinOp):
        yield from _binary(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield "lost minus", node.operand
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OTHER:
        yield "function", _with(node, func=_with(node.func, attr=OTHER[node.func.attr]))
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
        for other in (node.slice.value + 1, node.slice.value - 1):
            if other >= 0:
                yield "index", _with(node, slice=ast.Constant(other))
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OPPOSITE:
        yield "branch", _with(node, ops=[OPPOSITE[type(node.ops[0])](), *node.ops[1:]])
    if isinstance(node, ast.IfExp):
        yield "branch", _with(node, body=node.orelse, orelse=node.body)


def _binary(node: ast.BinOp) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.op, ast.Add | ast.Sub):
        yield "dropped term", node.left
        yield "dropped term", node.right if isinstance(node.op, ast.Add) else ast.UnaryOp(ast.USub(), node.right)
        yield "plus for minus", _with(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
    if isinstance(node.op, ast.Mult | ast.MatMult):
        yield "dropped factor", node.left
        yield "dropped factor", node.right
    if isinstance(node.op, ast.Div):
        yield "dropped divisor", node.left
    if isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant):
        yield "power", _with(node, right=ast.Constant(node.right.value + 1))
        yield "power", _with(node, right=ast.Constant(node.right.value - 1))
    for side in ("left", "right"):
        number = getattr(node, side)
        if (
            isinstance(number, ast.Constant)
            and isinstance(number.value, float | int)
            and not (isinstance(node.op, ast.Pow) or isinstance(number.value, bool))
        ):
            yield "constant", _with(node, **{side: ast.Constant(number.value * 1.001)})


def _with(node: Any, **parts: Any) -> Any:
    changed = copy.copy(node)
    for name, part in parts.items():
        setattr(changed, name, part)
    return changed


def _statement_edits(text: str, node: ast.stmt) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.AugAssign):
        piece = ast.get_source_segment(text, node) or ""
        for old, new in (("+=", "-="), ("-=", "+=")):
            if old in piece:
                yield "plus for minus", piece.replace(old, new, 1)
        yield "dropped term", "pass"


def _spliced(text: str, node: Any, new: str) -> str:
    """The text with one node exchanged; later lines keep their numbers."""
    lines = text.splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno - 1
    head = lines[first].encode()[: node.col_offset].decode()
    tail = lines[last].encode()[node.end_col_offset :].decode()
    padding = "\n" * (last - first)
    return "".join([*lines[:first], head, new, tail.rstrip("\n"), "\n", padding, *lines[last + 1 :]])


def _compiled(text: str, path: str, function: ast.FunctionDef, surroundings: dict[str, Any]) -> Callable[..., Any]:
    """The one function of an edited file, at its lines, among the unedited rest; `path` shows the edited text."""
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    lines = text.splitlines(keepends=True)[function.lineno - 1 : function.end_lineno]
    names = dict(surroundings)
    exec(compile("\n" * (function.lineno - 1) + "".join(lines), path, "exec"), names)  # noqa: S102 - our own models
    return names[function.name]


@cache
def _edited(group: str, name: str) -> tuple[Mutant, ...]:
    """All single edits of one gradient that still compile, without duplicates."""
    text = source(group)
    function = next(n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == f"{name}_grad")
    skipped = {id(inner) for node in ast.walk(function) if isinstance(node, ast.Subscript)
               for inner in ast.walk(node.slice)}  # fmt: skip
    found: list[tuple[Any, str, str]] = []
    for node in ast.walk(function):
        if id(node) in skipped:
            continue
        found += [(node, kind, f"({ast.unparse(ast.fix_missing_locations(new))})") for kind, new in _edits(node)]
        if isinstance(node, ast.stmt):
            found += [(node, kind, new) for kind, new in _statement_edits(text, node)]
    kept: list[Mutant] = []
    seen: set[str] = set()
    found = _thinned(found)
    for number, (node, kind, new) in enumerate(found):
        edited = _spliced(text, node, new)
        if edited in seen:
            continue
        seen.add(edited)
        path = f"/models/{group}_{name}_{number}.py"
        try:
            gradient = _compiled(edited, path, function, vars(module_of(group)))
        except Exception:  # noqa: BLE001, S112 - an edit may not compile
            continue
        old = ast.get_source_segment(text, node) or ""
        kept.append(Mutant(kind, f"{old} -> {new}", gradient, node.lineno, path, (old, new)))
    return tuple(kept)


def _thinned(found: list[tuple[Any, str, str]]) -> list[tuple[Any, str, str]]:
    """At most twice as many of each kind as are kept, spread over the gradient: some will be no mistakes."""
    by_kind: dict[str, list[tuple[Any, str, str]]] = {}
    for each in found:
        by_kind.setdefault(each[1], []).append(each)
    return [x for several in by_kind.values() for x in several[:: max(1, math.ceil(len(several) / (2 * OF_ONE_KIND)))]]


def edited(model: Model, truth: Truth) -> list[Mutant]:
    """Source mutants that are wrong at the point, at most `OF_ONE_KIND` of each kind, spread over the gradient."""
    by_kind: dict[str, list[Mutant]] = {}
    for mutant in _edited(model.group, model.name):
        if _is_wrong(model, truth, mutant.gradient):
            by_kind.setdefault(mutant.kind, []).append(mutant)
    kept = []
    for several in by_kind.values():
        step = max(1, math.ceil(len(several) / OF_ONE_KIND))
        kept += several[::step]
    return kept


def mutants(model: Model, truth: Truth) -> list[Mutant]:
    """All wrong gradients of a model: in numbers and source at its first point, half of the former elsewhere."""
    if model.number == 0:
        return [*numeric(model, truth), *edited(model, truth)]
    return numeric(model, truth)[model.number % 2 :: 2]
