"""scipy.integrate on samples that depend on the inputs: values, first and second derivatives."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import pytest
import small_programs
from small_programs import X, assert_right

integrate = pytest.importorskip("scipy.integrate")

PROGRAMS = (
    "I.trapezoid(x)", "I.trapezoid(A, axis=0, dx=s)", "I.trapezoid(x, np.cumsum(y))", "I.trapezoid(A, [0.0, s, 3.0])", "I.trapezoid([s, 1.0, x[0]])",
    "I.cumulative_trapezoid(x)", "I.cumulative_trapezoid(x, initial=0)", "I.cumulative_trapezoid(A, dx=s, axis=0)", "I.cumulative_trapezoid(c, np.cumsum(x), initial=0)", "I.cumulative_trapezoid(A, [0.0, s, 3.0])", "I.cumulative_trapezoid(T, axis=1, initial=0)",
    *(f"I.simpson(x[:{n}]{more})" for n in (2, 3, 4, 5, 6) for more in ("", ", dx=s", f", x=np.cumsum(y)[:{n}]")),
    "I.simpson(A)", "I.simpson(A, axis=0)", "I.simpson(A, x=[0.0, s, 3.0])", "I.simpson(c, x=np.cumsum(x))", "I.simpson(A, x=np.cumsum(A, axis=1))", "I.simpson(T, axis=1, dx=0.5)", "I.simpson(np.outer(x, c), axis=0, x=np.cumsum(x))",
    *(f"I.cumulative_simpson(x[:{n}]{more})" for n in (2, 3, 4, 5, 6) for more in ("", ", dx=s", f", x=np.cumsum(y)[:{n}]", ", initial=0.0", ", initial=s")),
    "I.cumulative_simpson(A, axis=1)", "I.cumulative_simpson(T, axis=2, x=[0.0, s, 3.0])", "I.cumulative_simpson(np.outer(x, c), axis=0, x=np.cumsum(x), initial=1.0)",
    "I.romb(x[:5])", "I.romb(x[:3], dx=s)", "I.romb(np.outer(x[:5], c), axis=0)", "I.romb(x[:2])", "I.simpson([s, 1.0, x[0]], dx=0.5)",
)  # fmt: skip


@pytest.mark.parametrize("text", PROGRAMS)
def test_integrals_of_samples_are_right(text, monkeypatch):
    """By trapezoids, parabolas and Romberg's rule, with samples, steps or points that depend on x."""
    monkeypatch.setitem(small_programs.MODULES, "I", integrate)
    assert_right(text, X)
