"""The ledger of one run: every operation with its value, its tangent and its adjoint, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.subject.packing import Packing
from gradcheck_tool.tracing.place import source_line
from gradcheck_tool.tracing.trace import Constant, Guard, Line, Trace
from gradcheck_tool.walks.formula import Binary, Symbol, Tree, UnknownError, Written, plus, value_of
from gradcheck_tool.walks.jacobian import flat, sizes
from gradcheck_tool.walks.line_rules import down, increment
from gradcheck_tool.walks.walked import Walked, entries
from gradcheck_tool.walks.written import UnwrittenError, literal, names, numbers, shown

MOST_TERMS = 200  # of an adjoint that is still written out
_RELATIONS = ("<", "<=", ">", ">=", "==", "!=")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One operation of the run.

    `primal`, `tangent` and `adjoint` are the rules in names (``x1*x2``), the `_numbers` beside them
    the same with this run's numbers (``2*5``), empty where there is nothing to put in. Values are
    floats, or text such as ``array (30,)``; small arrays are written out. Numbers are written with all their
    digits, and every `_numbers` text comes to the value beside it
    (`gradcheck_tool.walks.recompute.recompute`). `increments` are the terms of the adjoint one by one, as the
    reverse walk adds them, one per use of the line. `source` is the user's line at `where`. A decision the
    run took is a row named ``if`` with a primal only.
    """

    name: str
    where: str
    source: str
    primal: str
    primal_numbers: str
    value: float | str
    tangent: str
    tangent_numbers: str
    tangent_value: float | str
    adjoint: str
    adjoint_numbers: str
    adjoint_value: float | str
    increments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The evaluation trace of one function at one point.

    `derivatives` pairs entry names with values as text; `direction` is the input the tangent is
    taken along. Inputs come first in `rows`, with an empty `where`. `adjoint_of` is what the adjoints are
    derivatives of: the name of the output's line, with its index where it is an array.
    """

    target: str
    name: str
    where: str
    point: str
    value: str
    derivatives: tuple[tuple[str, str], ...]
    direction: str
    rows: tuple[LedgerRow, ...]
    adjoint_of: str = ""


def ledger(  # noqa: PLR0913 - what the page says about the run, each by name
    trace: Trace,
    *,
    target: str,
    name: str,
    where: str,
    point: str,
    row: int = 0,
    along: int = 0,
) -> Ledger:
    """Write the ledger of a recorded run.

    Parameters
    ----------
    target, name, where, point
        What the page calls the function and its point.
    row
        The output entry whose adjoints are shown.
    along
        The input entry the tangents are taken along.
    """
    walked = Walked.of(trace, row, along)
    inputs = [entry for k in range(trace.inputs) for entry in entries(trace.labels[k], np.shape(trace.value[k]))]
    output = Packing.of(trace.result, "f").names[row]
    gradient = flat(trace, walked.adjoints, sizes(trace)[1])
    result = np.concatenate([np.ravel(np.asarray(_known(trace, out), dtype=float)) for out in trace.outputs])
    return Ledger(
        target=target,
        name=name,
        where=where,
        point=point,
        value=shown(result if result.size > 1 else result[0]),
        derivatives=tuple(
            (f"d{output}/d{entry}", literal(slope)) for entry, slope in zip(inputs, gradient, strict=True)
        ),
        direction=inputs[along],
        rows=tuple(_rows(trace, walked)),
        adjoint_of=walked.seeded,
    )


def _known(trace: Trace, out: int | Constant) -> Any:
    return out.value if isinstance(out, Constant) else trace.value[out]


def _rows(trace: Trace, walked: Walked) -> list[LedgerRow]:
    decisions: dict[int, list[LedgerRow]] = {}
    for position, guard in enumerate(trace.guards):
        written = _decision(guard, source_line(*trace.flags[7 * position + 5 : 7 * position + 7]), walked)
        if written is not None:
            decisions.setdefault(guard.before, []).append(written)
    rows: list[LedgerRow] = []
    for line in trace.lines:
        rows.extend(decisions.pop(line.number, []))
        rows.append(_row(line, trace.source(line.number), walked))
    return [*rows, *(row for late in decisions.values() for row in late)]


def _row(line: Line, source: str, walked: Walked) -> LedgerRow:
    k = line.number
    primal, tangent = (Symbol("input", 0.0), Symbol("seed", 0.0)) if line.primitive is None else down(line, walked)
    terms = [increment(used, position, k, walked) for used, position in walked.uses.get(k, [])]
    if k in walked.seeds:
        terms = [Symbol("seed", walked.seeds[k]), *terms]
    adjoint = _together(terms)
    return LedgerRow(
        name=walked.names[k],
        where=line.where,
        source=source,
        primal=names(primal),
        primal_numbers=numbers(primal),
        value=_entry(walked.values[k]),
        tangent=names(tangent),
        tangent_numbers=_numbers(tangent, walked.tangents[k]),
        tangent_value=_entry(walked.tangents[k]),
        adjoint=names(adjoint),
        adjoint_numbers=_numbers(adjoint, walked.adjoints[k]),
        adjoint_value=_entry(walked.adjoints[k]),
        increments=_increments(terms),
    )


def _together(terms: list[Tree]) -> Tree:
    """The sum of what every use adds; where it is used too often to be written out, that."""
    if len(terms) > MOST_TERMS:
        return Written(f"a sum of {len(terms)} terms", None)
    return plus(terms) if terms else Symbol("not used", 0.0)


def _entry(value: Any) -> float | str:
    return shown(value) if np.ndim(value) or is_complex(value) else float(value)


def _numbers(tree: Tree, value: Any) -> str:
    """The rule with numbers; empty where it has a pole the walk stepped over (``0/0``, an exact zero times inf)."""
    try:
        with np.errstate(all="ignore"):
            stepped_over = np.isfinite(value).all() and not np.isfinite(value_of(tree)).all()
    except UnknownError:
        stepped_over = False
    return "" if stepped_over else numbers(tree)


def _increments(terms: list[Tree]) -> tuple[str, ...]:
    """What each use adds, where there is more than one and all of them are plain formulas."""
    if len(terms) < 2:
        return ()
    try:
        with np.errstate(all="ignore"):
            return tuple(literal(value_of(term)) for term in terms)
    except (UnwrittenError, UnknownError, KeyError, ValueError):
        return ()


def _decision(guard: Guard, source: str, walked: Walked) -> LedgerRow | None:
    """A comparison of two numbers as a row; decisions among the entries of an array have none."""
    if guard.relation not in _RELATIONS or np.ndim(guard.held) or not isinstance(guard.right, int | Constant):
        return None
    left, right = walked.operand(guard.left), walked.operand(guard.right)
    if np.ndim(left.value) or np.ndim(right.value):
        return None
    tree = Binary(guard.relation, left, right)
    texts = (names(tree), numbers(tree))
    return LedgerRow("if", guard.where, source, *texts, str(bool(guard.held)), "", "", "", "", "", "")
