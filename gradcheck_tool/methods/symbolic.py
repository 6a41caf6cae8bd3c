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
from dataclasses import replace

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate
from gradcheck_tool.methods.symbolic_formula import by_formula
from gradcheck_tool.methods.symbolic_lines import by_line, expected_seconds
from gradcheck_tool.methods.symbolic_walk import Run, formula_size, needed, refuse_unsayable
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.values import has_complex

METHOD = "symbolic"
BUDGET = 2000.0  # nodes of the formula, written out as a tree
ENTRIES = 400  # derivatives of a formula taken one by one
WORK = 40_000.0  # nodes times entries: what SymPy differentiates in about a second
SECONDS = 5.0
REMEDY = "rely on the other methods, or write the run with real and imaginary parts"


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
    if has_complex(trace):
        return Declined(METHOD, "the run computes with complex numbers, which SymPy is not asked about here", REMEDY)
    if expected_seconds(trace) > 2 * seconds:
        return Declined(METHOD, "the run is too long for SymPy's many digits", "check a smaller input")
    run = Run(problem, trace, needed(trace), start + seconds)
    try:
        refuse_unsayable(trace, run.wanted)
        found = _hessian(run, budget) if order == 2 else _jacobian(run, budget)
    except Complaint as reason:
        return Declined(METHOD, reason.sentence, reason.remedy, reason.where)
    except Exception as reason:  # noqa: BLE001 - SymPy fails in many ways on odd formulas: that is a reason, not a crash
        return Declined(
            METHOD, f"SymPy fails on this run ({type(reason).__name__}: {reason})", "rely on the other methods"
        )
    return replace(found, seconds=time.perf_counter() - start)


def _short(run: Run, entries: int, budget: float) -> bool:
    if entries > ENTRIES:
        return False
    size = formula_size(run.trace, run.wanted, budget)
    return size <= budget and size * entries <= WORK


def _jacobian(run: Run, budget: float) -> Estimate:
    if _short(run, run.problem.inputs.size * run.problem.outputs.size, budget):
        halfway = (run.deadline + time.perf_counter()) / 2
        with contextlib.suppress(Exception):  # whatever stops the formula, the lines are tried next
            jacobian, bound, formula = by_formula(run, 1, halfway)
            return Estimate(METHOD, jacobian, bound, ("trace",), formula=formula)
    return Estimate(METHOD, *by_line(run), ("trace", "rearrangements"))


def _hessian(run: Run, budget: float) -> Estimate:
    if run.problem.outputs.size != 1:
        raise Complaint(
            "second derivatives are taken of functions with one output", remedy="check its entries one by one"
        )
    if not _short(run, run.problem.inputs.size**2, budget):
        raise Complaint("the formula is too long to differentiate twice", remedy="check a smaller input")
    jacobian, bound, _formula = by_formula(run, 2, run.deadline)
    return Estimate(METHOD, jacobian, bound, ("trace",))
