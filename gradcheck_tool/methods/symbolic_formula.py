"""The formula a run stands for, written out, and SymPy's derivative of it at the exact point."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.worlds.symbol import (
    function_of,
    number,
    precision,
    rational,
    real,
    say,
    slope,
    symbols_like,
    text_of,
    tidy,
    unsayable,
)
from gradcheck_tool.calculus.worlds.symbol_matrices import matrix_value
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Matrix
from gradcheck_tool.methods.symbolic_digits import DIGITS, MANY_DIGITS, apart, refuse_undefined, rounded
from gradcheck_tool.methods.symbolic_walk import Run, walk
from gradcheck_tool.tracing.trace import Constant, Line

_LONGEST_LINE = 60  # characters of one entry of a formula that is shown
_LONGEST_ALONE = 200  # characters of a formula that stands alone
_MOST_LINES = 8


def by_formula(run: Run, order: int, deadline: float) -> tuple[Matrix, Matrix, str]:
    """The derivative of the written-out formula, its error bar, and itself in words where it is short.

    Raises `Complaint` beyond the deadline and where the derivative is not defined; SymPy's own exceptions pass.
    """
    problem = run.problem
    symbols, outputs = formulas(run)
    entries = []
    for expression in _derivatives(outputs, symbols, order):
        if time.perf_counter() > deadline:
            raise Complaint("SymPy takes longer than the time limit over this formula", remedy="check a smaller input")
        entries.append(expression)
    n = len(symbols)
    values = [_at(symbols, entries, problem.x, digits) for digits in DIGITS]
    if _unsettled(values, entries):
        values = [_at(symbols, entries, problem.x, digits) for digits in MANY_DIGITS]
    names = problem.inputs.names
    refuse_undefined(values, names if order == 2 else problem.outputs.names, names)
    jacobian, bound = rounded(values, (len(values[0]) // n, n))
    if order == 2:
        return _mirrored(jacobian), _mirrored(bound), ""
    return jacobian, bound, _shown(entries, names, len(outputs))


def formulas(run: Run) -> tuple[tuple[Any, ...], list[Any]]:
    """The input symbols and the outputs as expressions in them, flat."""
    inputs, names = [], list(run.problem.inputs.names)
    for leaf in run.problem.inputs.leaves:
        inputs.append(symbols_like(names[: leaf.size], leaf.shape))
        del names[: leaf.size]

    def elementwise(line: Line, operands: list[Any]) -> Any:
        row = line.primitive
        assert isinstance(row, Elementwise)  # noqa: S101 - walk has looked
        return say(row, *operands)

    def matrices(line: Line, operands: list[Any]) -> Any:
        return matrix_value(line.primitive.name if line.primitive is not None else "", tuple(operands), line.detail)

    values = walk(run.trace, run.wanted, inputs, rational, elementwise, matrices)
    symbols = tuple(symbol for leaf in inputs for symbol in leaf.ravel())
    return symbols, [entry for ref in run.trace.outputs for entry in _output(ref, values)]


def _output(ref: int | Constant, values: list[Any]) -> list[Any]:
    if isinstance(ref, Constant):
        return [rational(entry) for entry in np.ravel(np.asarray(ref.value, dtype=float))]
    return list(values[ref].ravel())


def _derivatives(outputs: list[Any], symbols: tuple[Any, ...], order: int) -> Iterator[Any]:
    """Entry by entry: the Jacobian row by row, or the lower triangle of the Hessian, 0 above it."""
    for output in outputs:
        for i, first in enumerate(symbols):
            once = slope(output, first)
            if order == 1:
                yield _said(once)
                continue
            for j, second in enumerate(symbols):
                yield _said(slope(once, second)) if j <= i else rational(0.0)


def _said(expression: Any) -> Any:
    if unsayable(expression):
        raise Complaint("SymPy leaves the derivative of this formula open", remedy="rely on the other methods")
    return expression


def _at(symbols: tuple[Any, ...], entries: list[Any], x: Any, digits: int) -> list[Any]:
    """All entries at the exact point, with so many digits; nan where one is not defined."""
    with precision(digits):
        point = [number(value) for value in x]
        try:
            return [real(value) for value in function_of(symbols, entries)(*point)]
        except (ArithmeticError, ValueError):
            return [_alone(function_of(symbols, entry), point) for entry in entries]


def _unsettled(values: list[list[Any]], entries: list[Any]) -> bool:
    """Whether digits were lost to cancellation: the precisions disagree, or leave nothing of what is not 0."""
    return apart(values) or any(
        fine == 0 and not entry.is_number for fine, entry in zip(values[-1], entries, strict=True)
    )


def _alone(function: Callable[..., Any], point: list[Any]) -> Any:
    try:
        return real(function(*point))
    except (ArithmeticError, ValueError):
        return float("nan")


def _mirrored(lower: Matrix) -> Matrix:
    return np.asarray(np.tril(lower) + np.tril(lower, -1).T)


def _shown(entries: list[Any], names: tuple[str, ...], outputs: int) -> str:
    """The derivative in words, empty where that is long."""
    if outputs != 1 or len(entries) > _MOST_LINES:
        return ""
    texts = [text_of(tidy(entry)) for entry in entries]
    if len(texts) == 1:
        return texts[0] if len(texts[0]) <= _LONGEST_ALONE else ""
    if any(len(text) > _LONGEST_LINE for text in texts):
        return ""
    return "; ".join(f"{name}: {text}" for name, text in zip(names, texts, strict=True))
