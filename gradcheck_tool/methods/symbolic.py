"""The derivative by SymPy: of the whole formula where it can be written out, else line by line along the run.

Both ways start from the exact doubles of the point and of every constant in the code, and carry forty and
more digits, so the result is the derivative of the formula the run stands for, rounded once at the end.

The error bar is that rounding plus what two working precisions disagree about. It says nothing of the rounding
inside the user's own run: the formula is differentiated, not the floats.

Time is limited: a run that takes SymPy longer is declined, and says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.worlds.symbol import function_of, rational, say, slope, symbols_like, text_of, tidy, unsayable
from gradcheck_tool.calculus.worlds.symbol_matrices import matrix_value
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Matrix
from gradcheck_tool.methods.symbolic_lines import Chain
from gradcheck_tool.methods.symbolic_walk import boxed, formula_size, refuse_unsayable, walk
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.tracing.trace import Constant, Line, Trace

METHOD = "symbolic"
BUDGET = 2000.0  # nodes of the formula, written out as a tree
ENTRIES = 400  # derivatives of a formula taken one by one
WORK = 40_000.0  # nodes times entries: what SymPy differentiates in about a second
SECONDS = 5.0
_DIGITS = (50, 80)
_UNIT = 2.0**-53
_LONGEST_LINE = 60  # characters of one entry of a formula that is shown
_LONGEST_ALONE = 200  # characters of a formula that stands alone
_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class _Limits:
    budget: float
    deadline: float

    def check(self) -> None:
        if time.perf_counter() > self.deadline:
            raise Complaint(
                "SymPy takes longer than the time limit over this formula",
                remedy="check a smaller input, or rely on the other methods",
            )


def symbolic(
    problem: Problem, trace: Trace, order: int = 1, *, seconds: float = SECONDS, budget: float = BUDGET
) -> Answer:
    """Differentiate the recorded run with SymPy's rules at the exact point.

    Parameters
    ----------
    order
        1: the Jacobian, shape (m, n). 2: the Hessian of a function with one output, shape (n, n).
    seconds
        The time limit; half of it may go into the whole formula before the lines are tried.
    budget
        How many operations the written-out formula may have.

    Returns
    -------
    Estimate or Declined
        Declined where SymPy has no word for an operation, at a kink, beyond the time limit, and where the
        derivative is not a finite real number.
    """
    start = time.perf_counter()
    try:
        refuse_unsayable(trace)
        answer = _answer(problem, trace, order, _Limits(budget, start + seconds))
    except Complaint as reason:
        return Declined(METHOD, reason.sentence, reason.remedy, reason.where)
    jacobian, bound, formula, shares = answer
    return Estimate(METHOD, jacobian, bound, shares, 0, time.perf_counter() - start, formula)


Answered = tuple[Matrix, Matrix, str, tuple[str, ...]]


def _answer(problem: Problem, trace: Trace, order: int, limits: _Limits) -> Answered:
    n, m = problem.inputs.size, problem.outputs.size
    if order == 2 and m != 1:
        raise Complaint("second derivatives are taken of functions with one output", remedy="check its entries one by one")
    size, count = formula_size(trace), (n if order == 2 else m) * n
    small = size <= limits.budget and count <= ENTRIES and size * count <= WORK
    if small:
        now = time.perf_counter()
        half = _Limits(limits.budget, now + (limits.deadline - now) / (1 if order == 2 else 2))
        try:
            return _by_formula(problem, trace, order, half)
        except _TooLongError:
            pass
        except Complaint:
            if order == 2 or time.perf_counter() < half.deadline:
                raise
    if order == 2:
        raise Complaint(
            "the formula is too long to differentiate twice", remedy="rely on the other methods, or check a smaller input"
        )
    return _by_line(problem, trace, limits)


class _TooLongError(Exception):
    """The derivatives of a formula have grown beyond what can be evaluated quickly."""


def _by_formula(problem: Problem, trace: Trace, order: int, limits: _Limits) -> Answered:
    symbols, outputs = _formulas(problem, trace)
    entries = []
    for expression in _derivatives(outputs, symbols, order):
        limits.check()
        entries.append(expression)
    n = len(symbols)
    values = [_at(symbols, entries, problem.x, digits) for digits in _DIGITS]
    names = problem.inputs.names
    _refuse_undefined(values, n, names if order == 2 else problem.outputs.names, names)
    shape = (n, n) if order == 2 else (len(outputs), n)
    jacobian, bound = _rounded(values, shape)
    if order == 2:
        return _mirrored(jacobian), _mirrored(bound), "", ("trace",)
    return jacobian, bound, _shown(entries, names, len(outputs)), ("trace",)


def _formulas(problem: Problem, trace: Trace) -> tuple[tuple[Any, ...], list[Any]]:
    """The input symbols and the outputs as expressions in them, flat."""
    inputs, names = [], list(problem.inputs.names)
    for leaf in problem.inputs.leaves:
        inputs.append(symbols_like(names[: leaf.size], leaf.shape))
        del names[: leaf.size]

    def elementwise(line: Line, operands: list[Any]) -> Any:
        row = line.primitive
        assert isinstance(row, Elementwise)  # noqa: S101 - walk has looked
        return say(row, *operands)

    def matrices(line: Line, operands: list[Any]) -> Any:
        return matrix_value(line.primitive.name if line.primitive is not None else "", tuple(operands), line.detail)

    values = walk(trace, inputs, rational, elementwise, matrices)
    symbols = tuple(symbol for leaf in inputs for symbol in leaf.ravel())
    return symbols, [entry for ref in trace.outputs for entry in _output(ref, values)]


def _output(ref: int | Constant, values: list[Any]) -> list[Any]:
    if isinstance(ref, Constant):
        return [rational(entry) for entry in np.ravel(np.asarray(ref.value, dtype=float))]
    return list(values[ref].ravel())


def _derivatives(outputs: list[Any], symbols: tuple[Any, ...], order: int) -> Iterator[Any]:
    """Entry by entry: the Jacobian row by row, or the lower triangle of the Hessian, 0 above it."""
    for output in outputs:
        for i, first in enumerate(symbols):
            once = slope(_expression(output), first)
            if order == 1:
                yield _said(once)
                continue
            for j, second in enumerate(symbols):
                yield _said(slope(once, second)) if j <= i else rational(0.0)


def _expression(output: Any) -> Any:
    return rational(output) if isinstance(output, int | float) else output


def _said(expression: Any) -> Any:
    if unsayable(expression):
        raise Complaint("SymPy leaves the derivative of this formula open", remedy="rely on the other methods")
    return expression


def _at(symbols: tuple[Any, ...], entries: list[Any], x: Any, digits: int) -> list[Any]:
    """All entries at the exact point, with so many digits; nan where one is not defined."""
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    with mpmath.workdps(digits):
        point = [mpmath.mpf(float(value)) for value in x]
        try:
            return [_real(value) for value in function_of(symbols, entries)(*point)]
        except (ZeroDivisionError, ValueError):
            return [_alone(function_of(symbols, entry), point) for entry in entries]


def _alone(function: Callable[..., Any], point: list[Any]) -> Any:
    try:
        return _real(function(*point))
    except (ZeroDivisionError, ValueError):
        return float("nan")


def _real(value: Any) -> Any:
    """A real number; nan where an imaginary part remains beyond rounding."""
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    if not isinstance(value, mpmath.mpc):
        return mpmath.mpf(value)
    return value.real if abs(value.imag) <= abs(value.real) * mpmath.mpf(10) ** -30 else mpmath.nan


def _refuse_undefined(values: list[list[Any]], n: int, rows: tuple[str, ...], columns: tuple[str, ...]) -> None:
    for position, value in enumerate(values[-1]):
        if not np.isfinite(float(value)):
            raise Complaint(
                f"the derivative of {rows[position // n]} by {columns[position % n]} is not a finite real number here",
                remedy="check at a point inside the domain",
            )


def _rounded(values: list[list[Any]], shape: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """The derivative in doubles, and its bar: one rounding and what the two precisions disagree about."""
    coarse, fine = values
    found = np.array([float(value) for value in fine]).reshape(shape)
    unsettled = np.array([float(abs(a - b)) for a, b in zip(coarse, fine, strict=True)]).reshape(shape)
    return found, 2 * _UNIT * np.abs(found) + 2 * unsettled


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


def _by_line(problem: Problem, trace: Trace, limits: _Limits) -> Answered:
    values = [_chained(problem, trace, digits, limits.deadline) for digits in _DIGITS]
    n = problem.inputs.size
    _refuse_undefined(values, n, problem.outputs.names, problem.inputs.names)
    jacobian, bound = _rounded(values, (problem.outputs.size, n))
    return jacobian, bound, "", ("trace", "rearrangements")


def _chained(problem: Problem, trace: Trace, digits: int, deadline: float) -> list[Any]:
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    with mpmath.workdps(digits):
        inputs, start = [], 0
        for leaf in problem.inputs.leaves:
            piece = problem.x[start : start + leaf.size].reshape(leaf.shape)
            inputs.append(boxed(np.frompyfunc(lambda value: mpmath.mpf(float(value)), 1, 1)(piece)))
            start += leaf.size
        chain = Chain(trace, inputs, lambda value: mpmath.mpf(float(value)), deadline)
        rows = [
            chain.gradient(ref, place) if not isinstance(ref, Constant) else np.zeros(problem.inputs.size, dtype=object)
            for ref in trace.outputs
            for place in range(np.size(ref.value if isinstance(ref, Constant) else trace.value[ref]))
        ]
        return [_real(value) for row in rows for value in row]
