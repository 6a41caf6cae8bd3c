"""Every function a user can spell, recorded and differentiated four ways."""

import importlib
import random

import numpy as np
import pytest

from gradcheck_tool.calculus.tables.elementwise import by_spelling
from gradcheck_tool.calculus.tables.special import SCIPY
from gradcheck_tool.methods.symbolic import symbolic
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Point
from gradcheck_tool.tracing.record import record
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian
from gradcheck_tool.walks.survey import survey

# What SciPy computes, and SymPy says only in part, is asked in tests/calculus/test_symbol.py.
SPELLINGS = sorted(name for name, row in by_spelling().items() if row not in SCIPY and row.name != "bessel_i0")


def function_spelled(spelling, operands):
    """A function whose parameters are the row's operands and whose body is one call of the spelled function."""
    module, _, name = spelling.rpartition(".")
    if module.startswith("scipy"):
        pytest.importorskip(module)
    names = {"spelled": getattr(importlib.import_module(module), name)}
    exec(f"def f({', '.join(operands)}):\n    return spelled({', '.join(operands)})\n", names)  # noqa: S102 - built from our own table
    return names["f"]


def points_of(row, count):
    draw = random.Random(row.name)
    return [[draw.uniform(low, high) for low, high in row.probe] for _ in range(count)]


@pytest.mark.parametrize("arrays", [False, True], ids=["numbers", "arrays"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_forward_reverse_and_sympy_agree(spelling, arrays):
    """Recorded, pushed, pulled and differentiated by SymPy, a spelled function has one derivative within the bars."""
    if arrays and spelling.startswith("math."):
        pytest.skip("math takes numbers only")
    row = by_spelling()[spelling]
    points = points_of(row, 3)
    values = {name: np.array(column) for name, column in zip(row.operands, zip(*points, strict=True), strict=True)}
    if not arrays:
        values = {name: float(column[0]) for name, column in values.items()}
    fixed = {"n": np.rint(values.pop("n")).astype(int) if arrays else round(values.pop("n"))} if "n" in values else {}
    function = function_spelled(spelling, row.operands)
    problem = Problem.at(function, Point(values, fixed, "test"))
    trace = record(function, values, call=lambda recorded: function(**problem.bind(recorded)))
    bar = survey(trace).bound
    for budget in (2000.0, 0.0):
        answer = symbolic(problem, trace, budget=budget)
        for jacobian in (forward_jacobian(trace), reverse_jacobian(trace)):
            assert np.all(np.abs(answer.jacobian - jacobian) <= answer.bound + bar)
