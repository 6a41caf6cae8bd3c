"""How much of the corpus SymPy can be asked about: its derivative of the recorded run, held against the references."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from programs import groups, programs, references

from gradcheck_tool.calculus.tables.factors import FACTORS
from gradcheck_tool.calculus.tables.linalg import LINALG
from gradcheck_tool.calculus.tables.matrix_functions import MATRIX_FUNCTIONS
from gradcheck_tool.calculus.tables.spectral import SPECTRA
from gradcheck_tool.methods.estimate import Estimate
from gradcheck_tool.methods.symbolic import symbolic
from gradcheck_tool.subject import Point, Problem
from gradcheck_tool.tracing import record

DECOMPOSITIONS = {row.name for row in (*LINALG, *FACTORS, *MATRIX_FUNCTIONS, *SPECTRA)} - {"norm"}
ASIDE = ("nondiff", "escapes")  # where no derivative exists, or a refusal is the answer
EVERY = 12  # of the programs, run by default


def asked(group):
    """The programs of a group with one precise scalar derivative, their trace and reference."""
    known = references(group)
    for program in programs(group):
        entry = known.get(program.name)
        if entry is None or not entry["precise"] or np.size(entry["value"]) != 1 or "left" in entry:
            continue
        try:
            trace = record(program.function, program.point)
        except Exception:  # noqa: BLE001, S112 - refusals are measured elsewhere
            continue
        names = {line.primitive.name for line in trace.lines if line.primitive is not None}
        if not names & DECOMPOSITIONS:
            yield program, trace, np.ravel(np.array(entry["jacobian"], dtype=float))


def outcome(program, trace, expected):
    """ "agrees", "declined", or what SymPy says where it is wrong."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        problem = Problem.at(program.function, Point({_argument(program): program.point}, {}, "given"))
        answer = symbolic(problem, trace, seconds=3.0)
    if not isinstance(answer, Estimate):
        return "declined"
    gap = np.abs(answer.jacobian.ravel() - expected)
    slack = answer.bound.ravel() + 1e-9 * np.maximum(np.abs(expected), 1e-3 * np.max(np.abs(expected), initial=0.0))
    return (
        "agrees" if np.all(gap <= slack) else f"{program.group}.{program.name}: {answer.jacobian} instead of {expected}"
    )


def _argument(program):
    return program.function.__code__.co_varnames[0]


def tally(every, start=0):
    """Outcomes over a share of the programs of all groups."""
    cases = [case for group in groups() if group not in ASIDE for case in asked(group)][start::every]
    return [outcome(*case) for case in cases]


def judged(outcomes):
    wrong = [said for said in outcomes if said not in ("agrees", "declined")]
    assert not wrong, wrong
    return outcomes.count("agrees") / len(outcomes)


def test_sympy_differentiates_most_of_a_selection():
    """Of the scalar programs without decompositions at least 85 % become expressions whose derivative agrees."""
    outcomes = tally(EVERY)
    assert len(outcomes) > 40
    assert judged(outcomes) >= 0.85


@pytest.mark.long
def test_sympy_differentiates_most_programs():
    """The same of all of them."""
    assert judged(tally(1)) >= 0.85
