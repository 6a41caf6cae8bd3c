"""The derivative by SymPy: of the whole formula where it can be written out, else line by line along the run.

Both ways start from the exact doubles of the point and of every constant in the code, and carry forty and
more digits, so the result is the derivative of the formula the run stands for, rounded once at the end.

The error bar is that rounding plus what two working precisions disagree about. It says nothing of the rounding
inside the user's own run: the formula is differentiated, not the floats.

Time is limited: a run that takes SymPy longer is declined, and says so.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.worlds.symbol import (
    function_of,
    rational,
    say,
    slope,
    symbols_like,
    text_of,
    tidy,
    unsayable,
)
from gradcheck_tool.calculus.worlds.symbol_matrices import matrix_value
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Matrix
from gradcheck_tool.methods.symbolic_lines import Chain, expected_seconds
from gradcheck_tool.methods.symbolic_walk import boxed, formula_size, needed, refuse_unsayable, walk
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.tracing.trace import Constant, Line, Trace

METHOD = "symbolic"
BUDGET = 2000.0  # nodes of the formula, written out as a tree
ENTRIES = 400  # derivatives of a formula taken one by one
WORK = 40_000.0  # nodes times entries: what SymPy differentiates in about a second
SECONDS = 5.0
_DIGITS = (50, 80)
_MANY_DIGITS = (650, 700)  # from the largest double down to the smallest
_SLOWER = 10.0  # times, with many digits
_UNIT = 2.0**-53
_NORMAL, _TINY = 2.0**-1022, 2.0**-1074  # below the first, doubles are multiples of the second
_LONGEST_LINE = 60  # characters of one entry of a formula that is shown
_LONGEST_ALONE = 200  # characters of a formula that stands alone
_MOST_LINES = 8


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
    if expected_seconds(trace) > 2 * seconds:
        return Declined(METHOD, "the run is too long for SymPy's many digits", "check a smaller input")
    run = _Run(problem, trace, needed(trace), start + seconds)
    try:
        refuse_unsayable(trace, run.wanted)
        jacobian, bound, formula, shares = _hessian(run, budget) if order == 2 else _jacobian(run, budget)
    except Complaint as reason:
        return Declined(METHOD, reason.sentence, reason.remedy, reason.where)
    return Estimate(METHOD, jacobian, bound, shares, 0, time.perf_counter() - start, formula)


@dataclass(frozen=True, slots=True)
class _Run:
    """What is differentiated, and until when."""

    problem: Problem
    trace: Trace
    wanted: frozenset[int]
    deadline: float

    @property
    def halfway(self) -> float:
        """Half of the time that is left."""
        return (self.deadline + time.perf_counter()) / 2


Answered = tuple[Matrix, Matrix, str, tuple[str, ...]]


def _short(run: _Run, entries: int, budget: float) -> bool:
    if entries > ENTRIES:
        return False
    size = formula_size(run.trace, run.wanted, budget)
    return size <= budget and size * entries <= WORK


def _jacobian(run: _Run, budget: float) -> Answered:
    if _short(run, run.problem.inputs.size * run.problem.outputs.size, budget):
        with contextlib.suppress(Exception):  # SymPy fails in many ways on odd formulas: the lines are tried next
            return _by_formula(run, 1, run.halfway)
    return _by_line(run)


def _hessian(run: _Run, budget: float) -> Answered:
    if run.problem.outputs.size != 1:
        raise Complaint(
            "second derivatives are taken of functions with one output", remedy="check its entries one by one"
        )
    if not _short(run, run.problem.inputs.size**2, budget):
        raise Complaint("the formula is too long to differentiate twice", remedy="check a smaller input")
    try:
        return _by_formula(run, 2, run.deadline)
    except Complaint:
        raise
    except Exception as reason:
        raise Complaint(
            f"SymPy cannot differentiate this formula twice ({type(reason).__name__})",
            remedy="rely on the other methods",
        ) from reason


def _by_formula(run: _Run, order: int, deadline: float) -> Answered:
    problem = run.problem
    symbols, outputs = _formulas(run)
    entries = []
    for expression in _derivatives(outputs, symbols, order):
        if time.perf_counter() > deadline:
            raise Complaint("SymPy takes longer than the time limit over this formula", remedy="check a smaller input")
        entries.append(expression)
    n = len(symbols)
    values = [_at(symbols, entries, problem.x, digits) for digits in _DIGITS]
    if _unsettled(values, entries):
        values = [_at(symbols, entries, problem.x, digits) for digits in _MANY_DIGITS]
    names = problem.inputs.names
    _refuse_undefined(values, names if order == 2 else problem.outputs.names, names)
    jacobian, bound = _rounded(values, (len(values[0]) // n, n))
    if order == 2:
        return _mirrored(jacobian), _mirrored(bound), "", ("trace",)
    return jacobian, bound, _shown(entries, names, len(outputs)), ("trace",)


def _formulas(run: _Run) -> tuple[tuple[Any, ...], list[Any]]:
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
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    with mpmath.workdps(digits):
        point = [mpmath.mpf(float(value)) for value in x]
        try:
            return [_real(value) for value in function_of(symbols, entries)(*point)]
        except (ArithmeticError, ValueError):
            return [_alone(function_of(symbols, entry), point) for entry in entries]


def _unsettled(values: list[list[Any]], entries: list[Any]) -> bool:
    """Whether digits were lost to cancellation: the precisions disagree, or leave nothing of what is not 0."""
    return _apart(values) or any(
        fine == 0 and not entry.is_number for fine, entry in zip(values[-1], entries, strict=True)
    )


def _alone(function: Callable[..., Any], point: list[Any]) -> Any:
    try:
        return _real(function(*point))
    except (ArithmeticError, ValueError):
        return float("nan")


def _real(value: Any) -> Any:
    """A real number; nan where an imaginary part remains beyond rounding."""
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    if not isinstance(value, mpmath.mpc):
        return mpmath.mpf(value)
    return value.real if abs(value.imag) <= abs(value.real) * mpmath.mpf(10) ** -30 else mpmath.nan


def _refuse_undefined(values: list[list[Any]], rows: tuple[str, ...], columns: tuple[str, ...]) -> None:
    n = len(columns)
    for position, pair in enumerate(zip(*values, strict=True)):
        if not all(np.isfinite(float(value)) for value in pair):
            raise Complaint(
                f"the derivative of {rows[position // n]} by {columns[position % n]} is not a finite real number here",
                remedy="check at a point inside the domain",
            )


def _rounded(values: list[list[Any]], shape: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """The derivative in doubles, and its bar: one rounding and what the two precisions disagree about."""
    coarse, fine = values
    found = np.array([float(value) for value in fine]).reshape(shape)
    unsettled = np.array([float(abs(a - b)) for a, b in zip(coarse, fine, strict=True)]).reshape(shape)
    lost = np.array([_TINY if value and abs(value) < _NORMAL else 0.0 for value in fine]).reshape(shape)
    return found, 2 * _UNIT * np.abs(found) + 2 * unsettled + lost


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


def _by_line(run: _Run) -> Answered:
    start = time.perf_counter()
    values = [_chained(run, digits) for digits in _DIGITS]
    if _apart(values) and (time.perf_counter() - start) * _SLOWER < run.deadline - time.perf_counter():
        values = [_chained(run, digits) for digits in _MANY_DIGITS]
    names = run.problem.inputs.names
    _refuse_undefined(values, run.problem.outputs.names, names)
    jacobian, bound = _rounded(values, (run.problem.outputs.size, len(names)))
    return jacobian, bound, "", ("trace", "rearrangements")


def _apart(values: list[list[Any]]) -> bool:
    return any(abs(coarse - fine) > abs(fine) * _UNIT / 2 for coarse, fine in zip(*values, strict=True))


def _chained(run: _Run, digits: int) -> list[Any]:
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    def number(value: float) -> Any:
        return mpmath.mpf(float(value))

    problem, trace = run.problem, run.trace
    with mpmath.workdps(digits):
        inputs, start = [], 0
        for leaf in problem.inputs.leaves:
            inputs.append(boxed(np.frompyfunc(number, 1, 1)(problem.x[start : start + leaf.size].reshape(leaf.shape))))
            start += leaf.size
        chain = Chain(trace, run.wanted, inputs, number, run.deadline)
        rows = []
        for ref in trace.outputs:
            if isinstance(ref, Constant):
                rows.extend([[0] * problem.inputs.size] * np.size(ref.value))
            else:
                rows.extend(chain.gradient(ref, place) for place in range(np.size(trace.value[ref])))
        return [_real(value) for row in rows for value in row]
