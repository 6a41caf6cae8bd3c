"""The same functions on arrays that lie otherwise in memory, were written before, or belong to an outer recording."""

from __future__ import annotations

import numpy as np
import pytest
import small_programs
import test_moving_functions
import test_numpy_functions
import test_reductions
from following import numbers
from small_programs import PRELUDE, X, assert_right, program

from gradcheck_tool import gradient, hessian, jacobian
from gradcheck_tool.complaint import CannotFollow

PROGRAMS = {
    "reductions": test_reductions.REDUCTIONS,
    "scans": test_reductions.SCANS,
    "averages": test_reductions.AVERAGES,
    "quantiles": test_reductions.QUANTILES,
    "nan": test_reductions.NAN,
    "ufunc methods": test_reductions.UFUNC_METHODS,
    **test_moving_functions.GROUPS,
    **test_numpy_functions.GROUPS,
}
LAYOUTS = {
    "transposed": ("A = x.reshape(3, 2).T",),
    "columns first": ("A = np.array(x.reshape(2, 3), order='F')",),
    "strided": ("x = np.stack([x, x * 2], axis=1)[:, 0]", "A = np.stack([x, x * x]).reshape(4, 3)[::2][::-1]"),
    "written": ("x = x * 1.0", "x[1] = x[1] ** 2", "A = np.zeros((2, 3))", "A[0] = x[:3]", "A[1, ::-1] = x[3:]"),
    "written through a view": (
        "w = np.zeros((6, 2))",
        "w[:, 1] = x",
        "x = w[:, 1]",
        "B = np.empty((3, 2))",
        "B.T[...] = x.reshape(2, 3)",
        "A = B.T",
        "w[2] *= 1.1",
    ),
}
# They say what they need of the layout, and refuse the rest.
PARTICULAR = ("as_strided", "nditer")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("group", PROGRAMS)
def test_layout_does_not_matter(group, layout, monkeypatch):
    """First derivatives of all programs, with x and A laid out in another way."""
    lines = "\n    ".join(LAYOUTS[layout])
    monkeypatch.setattr(small_programs, "PRELUDE", PRELUDE.replace("A = x.reshape(2, 3)", lines))
    for text in PROGRAMS[group]:
        if any(word in text for word in PARTICULAR) or not _runs(text):
            continue
        assert_right(text, second=False)


def _runs(text):
    """Whether NumPy itself takes these arguments in this layout."""
    try:
        program(text)(X.copy())
    except (TypeError, ValueError, IndexError):
        return False
    return True


@pytest.mark.parametrize("group", PROGRAMS)
def test_a_recording_inside_a_recording_gives_the_hessian(group):
    """The Jacobian of a gradient, two recordings deep, is the Hessian; what cannot be followed is refused."""
    followed = 0
    for text in PROGRAMS[group][:: 1 + len(PROGRAMS[group]) // 12]:
        f = program(text)

        def combined(v, f=f):
            return sum(np.sum(np.tanh(part)) * (k + 0.7) for k, part in enumerate(numbers(f(v))))

        try:
            nested = jacobian(lambda v, combined=combined: gradient(combined, v), X)
        except CannotFollow:
            continue
        followed += 1
        np.testing.assert_allclose(nested, hessian(combined, X), rtol=1e-9, atol=1e-9)
    assert followed
