"""Values a repair may bring in: inputs, earlier results of the formula, and values and derivatives of f's own run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.rules import rules
from gradcheck_tool.calculus.wide import WIDE
from gradcheck_tool.calculus.worlds.world import FLOAT
from gradcheck_tool.diagnosis.points import Sample
from gradcheck_tool.diagnosis.replay import Replay, operands
from gradcheck_tool.diagnosis.source import expression, node_at, operand_nodes, text_of
from gradcheck_tool.tracing.trace import Constant, Trace
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.values import column

Array = NDArray[Any]
ELEMENTS = 30  # an input of at most this many entries is offered entry by entry
MOST = 160  # numbers offered at most, and arrays
GAPS = (ArithmeticError, ValueError, TypeError, KeyError, IndexError)


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A value at all points.

    Attributes
    ----------
    text
        How a sentence calls it: ``x[2]``, ``np.exp(-t)``.
    cost
        How far-fetched it is to bring it in.
    numbers
        Shape (*shape, P).
    line
        The line of the formula that computed it; -1 where it is known from the beginning.
    spelled
        Whether `text` is code, or words such as ``the derivative of ...``.
    """

    text: str
    cost: float
    numbers: Array
    line: int = -1
    spelled: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Numbers and arrays that vary from point to point, and the constants of both runs."""

    numbers: tuple[Value, ...]
    arrays: tuple[Value, ...]
    constants: tuple[float, ...]


def pool(samples: Sequence[Sample], replay: Replay) -> Pool:
    """All values of the samples' runs of f, and of the formula that `replay` repeats at the same points."""
    found = [*_inputs(samples), *_lines(replay)]
    alike = all(sample.trace.operation == samples[0].trace.operation for sample in samples)
    if alike:
        found += _of_f(samples)
    numbers = _distinct([value for value in found if value.numbers.ndim == 1])
    if alike:
        found += [value for sample in samples[:1] for value in _tables(sample.trace, len(samples), 0.3)]
    found += _tables(replay.trace, len(samples), 0.1)
    arrays = _distinct([value for value in found if value.numbers.ndim > 1])
    constants = {*_constants(replay.trace), *(_constants(samples[0].trace) if alike else ())}
    return Pool(tuple(numbers), tuple(arrays), tuple(sorted(constants)))


def _inputs(samples: Sequence[Sample]) -> Iterator[Value]:
    names = samples[0].problem.inputs.names
    flat = np.stack([sample.x for sample in samples], axis=-1)
    start = 0
    for leaf in samples[0].problem.inputs.leaves:
        block = flat[start : start + leaf.size].reshape((*leaf.shape, len(samples)))
        if leaf.shape:
            yield Value(leaf.label, 0.0, block)
        if leaf.size <= ELEMENTS:
            for k in range(start, start + leaf.size):
                yield Value(names[k], 0.0, flat[k])
        start += leaf.size


def _lines(replay: Replay) -> Iterator[Value]:
    trace = replay.trace
    for k in range(trace.inputs, len(trace)):
        text = expression((trace.code[k], trace.offset[k]))
        if text:
            yield Value(text, 0.1, replay.base[k][..., 0], k)


def _of_f(samples: Sequence[Sample]) -> Iterator[Value]:
    """Values, adjoints and partials of the lines of f."""
    trace = samples[0].trace
    columns = [column(sample.trace) for sample in samples]
    texts = [expression((trace.code[k], trace.offset[k])) for k in range(len(trace))]
    for k in range(trace.inputs, len(trace)):
        if texts[k]:
            yield Value(texts[k], 0.3, _stacked([values[k] for values in columns]))
    if len(trace.outputs) == 1 and type(trace.outputs[0]) is int and np.shape(trace.value[trace.outputs[0]]) == ():
        try:
            adjoints = [pull(sample.trace, {sample.trace.outputs[0]: 1.0}) for sample in samples]  # type: ignore[dict-item]  # a line
            for k in range(trace.inputs, len(trace)):
                shape = np.shape(trace.value[k])
                if texts[k]:
                    numbers = _stacked([np.broadcast_to(walk[k], shape) for walk in adjoints])
                    yield Value(f"the derivative of f with respect to `{texts[k]}`", 0.5, numbers, spelled=False)
        except GAPS:
            pass
    for k in range(trace.inputs, len(trace)):
        yield from _partials(samples, columns, k, texts[k])


def _partials(samples: Sequence[Sample], columns: list[list[Any]], k: int, text: str) -> Iterator[Value]:
    trace = samples[0].trace
    row = ROWS[trace.operation[k] >> 3]
    if not isinstance(row, Elementwise) or len(row.operands) > WIDE or row.name in ("add", "sub", "neg", "mul"):
        return
    nodes = operand_nodes(node_at((trace.code[k], trace.offset[k])))
    for place, ref in enumerate((trace.first[k], trace.second[k])[: len(row.operands)]):
        if not trace.operation[k] >> place & 1 or not text:
            continue
        try:
            numbers = _stacked([_partial(s.trace, v, k, ref) for s, v in zip(samples, columns, strict=True)])
        except GAPS:
            continue
        of = text_of(nodes[place]) if place < len(nodes) else "its operand"
        yield Value(f"the derivative of `{text}` with respect to `{of}`", 0.4, numbers, spelled=False)


def _partial(trace: Trace, values: list[Any], k: int, ref: int) -> Any:
    """The partial derivative of line k by its operand, shape of the line."""
    rule = rules("push", FLOAT)[trace.operation[k]]
    own = values[ref]
    moved: Any = {r: 0.0 for r in (trace.first[k], trace.second[k]) if type(r) is int}
    operands = (trace.first[k], trace.second[k])
    for other, line in enumerate(operands):
        if trace.operation[k] >> other & 1 and other < 2 and type(line) is int:
            like = values[line]
            moved[line] = np.zeros((*np.shape(like), 1)) if isinstance(like, np.ndarray) else 0.0
    moved[ref] = np.ones((*np.shape(own), 1)) if isinstance(own, np.ndarray) else 1.0
    with np.errstate(all="ignore"):
        tangent = rule(moved, values, trace.first[k], trace.second[k], k)
    shape = np.shape(trace.value[k])
    tangent = np.asarray(tangent, dtype=float)
    if tangent.ndim > len(shape):
        tangent = tangent[..., 0]
    return np.broadcast_to(tangent, shape)


def _stacked(values: list[Any]) -> Array:
    return np.stack([np.asarray(value, dtype=float) for value in values], axis=-1)


def _distinct(values: list[Value]) -> list[Value]:
    """Each once, the first named first; without what is not finite, 0 somewhere, or the same at all points."""
    seen: set[Any] = set()
    kept = []
    for value in sorted(values, key=lambda value: value.cost):
        numbers = value.numbers
        if not np.all(np.isfinite(numbers)):
            continue
        same = np.ptp(numbers, axis=-1) if numbers.ndim == 1 else np.ptp(numbers)  # a table varies along its entries
        if np.all(same <= 1e-12 * np.max(np.abs(numbers))) or numbers.size > 100_000:
            continue
        key = (numbers.shape, tuple(f"{x:.10e}" for x in np.abs(numbers).ravel()[:64]))
        if key not in seen:
            seen.add(key)
            kept.append(value)
        if len(kept) == MOST:
            break
    return kept


def _tables(trace: Trace, points: int, cost: float) -> Iterator[Value]:
    """Arrays that do not depend on the inputs: data, weights."""
    for k in range(trace.inputs, len(trace)):
        nodes = None
        for role, ref in enumerate(operands(trace, k)):
            if isinstance(ref, Constant) and np.ndim(ref.value) and np.asarray(ref.value).dtype.kind in "fiu":
                nodes = operand_nodes(node_at((trace.code[k], trace.offset[k]))) if nodes is None else nodes
                if role < len(nodes):
                    table = np.asarray(ref.value, dtype=float)[..., None]
                    yield Value(text_of(nodes[role]), cost, np.broadcast_to(table, (*table.shape[:-1], points)))


def _constants(trace: Trace) -> Iterator[float]:
    for k in range(trace.inputs, len(trace)):
        row = ROWS[trace.operation[k] >> 3]
        if isinstance(row, Elementwise) and len(row.operands) <= WIDE:
            for place, ref in enumerate((trace.first[k], trace.second[k])[: len(row.operands)]):
                if not trace.operation[k] >> place & 1 and np.ndim(ref) == 0 and ref and np.isfinite(ref):
                    yield abs(float(ref))
