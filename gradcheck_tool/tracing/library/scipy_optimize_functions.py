"""The test functions of ``scipy.optimize``, written with recorded operations."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.aside import plain
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, patched


def rosen(recorder: Recorder, x: Any) -> Any:
    """``rosen``: the sum of ``100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2``."""
    given = as_array(recorder, x)
    value = original("scipy.optimize.rosen")(plain(given))
    terms = 100.0 * (given[1:] - given[:-1] ** 2.0) ** 2.0 + (1 - given[:-1]) ** 2.0
    return patched(recorder, np.sum(terms, axis=0), value)


def rosen_der(recorder: Recorder, x: Any) -> Any:
    """``rosen_der``, the gradient."""
    given = as_array(recorder, x)
    value = original("scipy.optimize.rosen_der")(plain(given))
    gap = given[1:] - given[:-1] ** 2
    zero = np.zeros((1, *given.shape[1:]))
    left = np.concatenate([-400 * gap * given[:-1] - 2 * (1 - given[:-1]), zero])
    return patched(recorder, left + np.concatenate([zero, 200 * gap]), value)


def rosen_hess(recorder: Recorder, x: Any) -> Any:
    """``rosen_hess``, the Hessian, for a vector."""
    given = np.atleast_1d(as_array(recorder, x))
    value = original("scipy.optimize.rosen_hess")(plain(given))
    return patched(recorder, _hessian(given), value)


def rosen_hess_prod(recorder: Recorder, x: Any, p: Any) -> Any:
    """``rosen_hess_prod``, the Hessian times a vector."""
    given, direction = np.atleast_1d(as_array(recorder, x)), as_array(recorder, p)
    value = original("scipy.optimize.rosen_hess_prod")(plain(given), plain(direction))
    return patched(recorder, _hessian(given) @ direction, value)


def _hessian(x: Any) -> Any:
    n = len(x)
    side = np.diag(-400 * x[:-1], 1) - np.diag(400 * x[:-1], -1)
    inner = np.concatenate([1200 * x[:-1] ** 2 - 400 * x[1:] + 2, np.zeros(1)])
    constant = np.array([0.0, *[200.0] * (n - 1)])
    return side + np.diag(inner + constant)


ENTRIES = careful(
    {
        "scipy.optimize.rosen": rosen,
        "scipy.optimize.rosen_der": rosen_der,
        "scipy.optimize.rosen_hess": rosen_hess,
        "scipy.optimize.rosen_hess_prod": rosen_hess_prod,
    }
)
