"""The chain rule along the trace, line by line, with SymPy's partials and many digits.

For runs whose formula would be too long to write out. Every line is evaluated again from the exact
inputs with some forty digits, its partials are those SymPy derives from the row's value text, and the adjoints
are chained in the same arithmetic: what is rounded is only the result. Our own partial texts are not read;
the transposes of rearrangements and sums are.
"""

from __future__ import annotations

import contextlib
import time
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise, Leaf, Linear
from gradcheck_tool.calculus.tables.complexes import COMPLEX_LINEAR
from gradcheck_tool.calculus.tables.rearrange import LINEAR
from gradcheck_tool.calculus.worlds.symbol import number, precision, real
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Matrix
from gradcheck_tool.methods.symbolic_digits import DIGITS, MANY_DIGITS, apart, refuse_undefined, rounded
from gradcheck_tool.methods.symbolic_partials import matrix_functions, meaning, power, quiet
from gradcheck_tool.methods.symbolic_walk import MOVING, Run, boxed, walk
from gradcheck_tool.tracing.trace import Constant, Line, Trace

_LINEAR = {row.name: row for row in (*LINEAR, *COMPLEX_LINEAR)}
SECONDS_PER_NUMBER = 4e-5  # measured, values and partials at both precisions
SECONDS_PER_LINE = 5e-5
_SLOWER = 10.0  # times, with many digits


def expected_seconds(trace: Trace) -> float:
    """About how long the lines of a run will take, so that a hopeless one is declined at once."""
    sizes = (value.size if isinstance(value, np.ndarray) else 1 for value in trace.value)
    return SECONDS_PER_NUMBER * sum(sizes) + SECONDS_PER_LINE * len(trace)


def by_line(run: Run) -> tuple[Matrix, Matrix]:
    """The derivative by the chain rule along the lines, and its error bar.

    Raises `Complaint` beyond the deadline and where the derivative is not defined.
    """
    start = time.perf_counter()
    values = [_chained(run, digits) for digits in DIGITS]
    if apart(values) and (time.perf_counter() - start) * _SLOWER < run.deadline - time.perf_counter():
        with contextlib.suppress(Complaint):  # out of time: the wide bars of fewer digits are still an answer
            values = [_chained(run, digits) for digits in MANY_DIGITS]
    names = run.problem.inputs.names
    refuse_undefined(values, run.problem.outputs.names, names)
    return rounded(values, (run.problem.outputs.size, len(names)))


def _chained(run: Run, digits: int) -> list[Any]:
    problem, trace = run.problem, run.trace
    with precision(digits):
        inputs, start = [], 0
        for leaf in problem.inputs.leaves:
            inputs.append(boxed(np.frompyfunc(number, 1, 1)(problem.x[start : start + leaf.size].reshape(leaf.shape))))
            start += leaf.size
        chain = Chain(run, inputs)
        rows = []
        for ref in trace.outputs:
            if isinstance(ref, Constant):
                rows.extend([[0] * problem.inputs.size] * np.size(ref.value))
            else:
                rows.extend(chain.gradient(ref, place) for place in range(np.size(trace.value[ref])))
        return [real(value) for row in rows for value in row]


class Chain:
    """One trace, evaluated and differentiated at the working precision of mpmath.

    Parameters
    ----------
    inputs
        One object array per input line.

    Raises `Complaint` once the run's deadline has passed.
    """

    def __init__(self, run: Run, inputs: list[Any]) -> None:
        self.trace = run.trace
        self.deadline = run.deadline
        self.values = walk(run.trace, run.wanted, inputs, number, self._elementwise, self._matrices)
        self._partials: dict[tuple[int, int], Any] = {}

    def gradient(self, line: int, place: int) -> Any:
        """The derivative of entry `place` of line `line` with respect to every input entry, shape (n,)."""
        adjoints: dict[int, Any] = {}
        seed = np.full(self.values[line].size, 0, dtype=object)
        seed[place] = number(1.0)
        adjoints[line] = seed.reshape(self.values[line].shape)
        for earlier in range(line, self.trace.inputs - 1, -1):
            if earlier in adjoints:
                self._pull(self.trace[earlier], adjoints.pop(earlier), adjoints)
        parts = [
            adjoints[k].ravel() if k in adjoints else np.full(self.values[k].size, 0, dtype=object)
            for k in range(self.trace.inputs)
        ]
        return np.concatenate(parts)

    def _pull(self, line: Line, adjoint: Any, adjoints: dict[int, Any]) -> None:
        self._in_time()
        for ref, term in zip(line.operands, self._terms(line, adjoint), strict=True):
            if isinstance(ref, Constant) or term is None:
                continue
            term = _like(boxed(term), self.values[ref].shape)  # noqa: PLW2901 - the same term, its broadcasting undone
            adjoints[ref] = boxed(adjoints[ref] + term) if ref in adjoints else term

    def _terms(self, line: Line, adjoint: Any) -> list[Any]:
        row = line.primitive
        operands = [self._operand(ref) for ref in line.operands]
        if isinstance(row, Linear):
            name, back = row.transpose(line.detail)
            return [_LINEAR[name].forward(adjoint, back, 0)]
        wanted = tuple(not isinstance(ref, Constant) for ref in line.operands)
        if isinstance(row, Elementwise):
            return [
                _times(adjoint, self._partial(line, position, operands)) if want else None
                for position, want in enumerate(wanted)
            ]
        if isinstance(row, Leaf) and row.name in MOVING:
            return list(row.pull(adjoint, tuple(operands), self.values[line.number], line.detail, wanted))
        return self._matrix_terms(line, operands, adjoint, wanted)

    def _operand(self, ref: int | Constant) -> Any:
        if not isinstance(ref, Constant):
            return self.values[ref]
        return boxed(np.frompyfunc(number, 1, 1)(np.asarray(ref.value, dtype=float)))

    def _elementwise(self, line: Line, operands: list[Any]) -> Any:
        self._in_time()
        return self._apply(line, operands, None)

    def _partial(self, line: Line, position: int, operands: list[Any]) -> Any:
        key = (line.number, position)
        if key not in self._partials:
            self._partials[key] = boxed(self._apply(line, operands, position))
        return self._partials[key]

    def _apply(self, line: Line, operands: list[Any], position: int | None) -> Any:
        """The value of an elementwise line (position None) or one of its partials."""
        row = line.primitive
        assert isinstance(row, Elementwise)  # noqa: S101 - the callers have looked
        second = line.operands[-1]
        if row.name == "pow" and isinstance(second, Constant):
            exponents = np.asarray(second.value, dtype=float)
            return np.frompyfunc(lambda a, b: power(float(b), position is not None)(a), 2, 1)(operands[0], exponents)
        return np.frompyfunc(quiet(meaning(row, position)), len(operands), 1)(*operands)

    def _matrices(self, line: Line, operands: list[Any]) -> Any:
        self._in_time()
        value, _slopes = matrix_functions(_signature(line, operands))
        entries = value(*(entry for operand in operands for entry in operand.ravel()))
        return _packed(entries, np.shape(line.value))

    def _matrix_terms(self, line: Line, operands: list[Any], adjoint: Any, wanted: tuple[bool, ...]) -> list[Any]:
        _value, slopes = matrix_functions(_signature(line, operands))
        entries = [entry for operand in operands for entry in operand.ravel()]
        jacobian = _packed(quiet(slopes)(*entries), (adjoint.size, len(entries)))
        with np.errstate(all="ignore"):
            row = adjoint.ravel() @ jacobian
        terms, start = [], 0
        for operand, want in zip(operands, wanted, strict=True):
            terms.append(row[start : start + operand.size].reshape(operand.shape) if want else None)
            start += operand.size
        return terms

    def _in_time(self) -> None:
        if time.perf_counter() > self.deadline:
            raise Complaint(
                "SymPy's partials along the run take longer than the time limit",
                remedy="check a smaller input, or rely on the other methods",
            )


def _like(term: Any, shape: tuple[int, ...]) -> Any:
    """Undo broadcasting: add up what one entry was repeated into, or repeat a number."""
    if term.shape == shape:
        return term
    if term.ndim < len(shape) or term.size < int(np.prod(shape, dtype=int)):
        return np.broadcast_to(term, shape)
    return boxed(_LINEAR["unbroadcast"].forward(term, (term.shape, shape), 0))


def _times(adjoint: Any, partial: Any) -> Any:
    """The product, in which a zero adjoint beats a partial that is not defined."""
    with np.errstate(all="ignore"):
        return np.frompyfunc(lambda g, p: 0 if g == 0 else g * p, 2, 1)(adjoint, partial)


def _signature(line: Line, operands: list[Any]) -> tuple[Any, ...]:
    name = line.primitive.name if line.primitive is not None else ""
    return name, tuple(operand.shape for operand in operands), line.detail if name == "norm" else None


def _packed(entries: Any, shape: tuple[int, ...]) -> Any:
    out = np.empty(int(np.prod(shape, dtype=int)), dtype=object)
    out[:] = entries
    return out.reshape(shape)
