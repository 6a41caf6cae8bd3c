"""What recording does with a plain program in forward mode, in reverse mode and for Hessians, in one word."""

from __future__ import annotations

import numpy as np
from following import flat, numbers, verdict

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.hessian import hessian_matrix
from gradcheck_tool.walks.jacobian import reverse_jacobian

X = np.array([0.83, 0.31, 0.57, 0.72, 0.44, 0.65])


def everything(f, x=X):
    """The verdict of both modes; where they are right, also whether the value and the Hessian are."""
    word = verdict(f, x)
    if word != "right":
        return word
    plain, recorded = flat(f(x.copy())), flat(record(lambda v: numbers(f(v)), x).result)
    if not np.array_equal(plain, recorded, equal_nan=True):
        return f"the recorded value is {recorded.tolist()} instead of {plain.tolist()}"
    return second(f, x)


def second(f, x):
    """Compare the Hessian of a weighted sum of all results with differences of its gradient."""
    weights = np.cos(np.arange(flat(f(x.copy())).size)) + 0.3

    def total(v):
        results = numbers(f(v))
        start, value = 0, 0.0
        for part in results:
            size = int(np.size(part))
            piece = weights[start : start + size].reshape(np.shape(part))
            value = value + (np.sum(part * piece) if np.ndim(part) else part * float(piece))
            start += size
        return value

    try:
        with np.errstate(all="ignore"):
            found = hessian_matrix(record(total, x))
    except CannotFollow as refusal:
        return f"the Hessian is refused: {refusal}"

    def gradient(v):
        return reverse_jacobian(record(total, v))[0]

    direction = np.array([0.61, -0.83, 0.29, 1.17, -0.53, 0.77])[: x.size]

    def slope(h):
        near, far = (gradient(x + k * h * direction) - gradient(x - k * h * direction) for k in (1, 2))
        return (8 * near - far) / (12 * h)

    with np.errstate(all="ignore"):
        coarse, fine = slope(1e-3), slope(5e-4)
        calm = (np.abs(coarse - fine) <= 1e-7 * (1 + np.abs(fine))) & np.isfinite(fine)
        moved = np.reshape(found, (x.size, x.size)) @ direction
    if not np.all(np.abs(moved - fine)[calm] <= 1e-5 * (1 + np.abs(fine[calm]))):
        return f"the Hessian is wrong: {moved.tolist()} instead of {fine.tolist()}"
    return "right"
