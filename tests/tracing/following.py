"""What the tests of this room compare a recorded derivative with: differences of the plain function, and how."""

from __future__ import annotations

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian

WEIGHTS = ((1, 4 / 5), (2, -1 / 5), (3, 4 / 105), (4, -1 / 280))


def numbers(result):
    """All real numbers in a nest of results, as one flat list of floats and arrays."""
    if isinstance(result, dict):
        return [leaf for inner in result.values() for leaf in numbers(inner)]
    if isinstance(result, (list, tuple)):
        return [leaf for inner in result for leaf in numbers(inner)]
    if isinstance(result, (np.ndarray, np.generic)):
        return [result] if result.dtype.kind in "fiub" else []
    return [result] if isinstance(result, (float, int)) else []


def flat(result):
    return np.concatenate([np.zeros(0), *(np.ravel(np.asarray(leaf, dtype=float)) for leaf in numbers(result))])


def differences(f, x, h=2e-3):
    """The Jacobian of the plain f by central differences of order 8, shape (m, n)."""
    x = np.array(x, dtype=float)
    columns = []
    with np.errstate(all="ignore"):
        for k in range(x.size):
            total = 0.0
            for step, weight in WEIGHTS:
                up, down = x.copy(), x.copy()
                up.flat[k] += step * h
                down.flat[k] -= step * h
                total = total + weight * (flat(f(up)) - flat(f(down)))
            columns.append(total / h)
    return np.stack(columns, axis=-1)


def settled(f, x):
    """Differences of two steps and where they agree: elsewhere there is a kink or nothing to compare with."""
    coarse, fine = differences(f, x, 2e-3), differences(f, x, 1e-3)
    with np.errstate(all="ignore"):
        calm = np.abs(coarse - fine) <= 1e-7 * (1 + np.abs(fine))
    return fine, calm & np.isfinite(fine)


def jacobians(f, x):
    """Forward and reverse Jacobian of one recording, shape (m, n) each."""
    trace = record(lambda v: numbers(f(v)), np.array(x, dtype=float))
    return forward_jacobian(trace), reverse_jacobian(trace)


def assert_followed(f, x, rtol=1e-6):
    """Both modes agree with differences of the plain function, and the recorded value is the plain one."""
    x = np.array(x, dtype=float)
    plain = flat(f(x.copy()))
    trace = record(lambda v: numbers(f(v)), x)
    recorded = flat(trace.result)
    assert recorded.shape == plain.shape
    np.testing.assert_allclose(recorded, plain, rtol=1e-13, atol=0)
    expected, calm = settled(f, x)
    forward, reverse = forward_jacobian(trace), reverse_jacobian(trace)
    for found in (forward, reverse):
        assert found.shape == expected.shape
        gap = np.abs(found - expected)[calm]
        assert np.all(gap <= rtol * (1 + np.abs(expected[calm]))), (found, expected)
    assert np.all(np.abs(forward - reverse) <= 1e-11 * (1 + np.abs(reverse)))
    return trace


def verdict(f, x):  # noqa: PLR0911 - one return per verdict
    """Say in one word what recording does with f: right, refused, raises, or what is wrong with it."""
    x = np.array(x, dtype=float)
    failure = None
    try:
        with np.errstate(all="ignore"):
            plain = flat(f(x.copy()))
    except Exception as error:  # noqa: BLE001 - any exception of NumPy
        failure = error
    try:
        with np.errstate(all="ignore"):
            forward, reverse = jacobians(f, x)
    except CannotFollow as refusal:
        return "refused" if ":" in refusal.where and refusal.remedy else f"refused without place or remedy: {refusal}"
    except Exception as error:  # noqa: BLE001 - must be the exception of the plain run
        if failure is None:
            return f"raises {type(error).__name__}: {error}, the plain run does not"
        return "raises" if type(error) is type(failure) else f"raises {error!r} instead of {failure!r}"
    if failure is not None:
        return f"answers where the plain run raises {failure!r}"
    if forward.shape[0] != plain.size:
        return f"returns {forward.shape[0]} numbers instead of {plain.size}"
    expected, calm = along(f, x)
    for name, found in (("forward", forward), ("reverse", reverse)):
        moved = found @ DIRECTION[: x.size]
        if not np.all(np.abs(moved - expected)[calm] <= 1e-5 * (1 + np.abs(expected[calm]))):
            return f"{name} is wrong: {moved.tolist()} instead of {expected.tolist()}"
    return "right"


# One direction sees every wrong or missing entry, except with probability zero.
DIRECTION = np.array([0.61, -0.83, 0.29, 1.17, -0.53, 0.77])


def along(f, x):
    """Differences along `DIRECTION` of two steps, and where they agree."""

    def at(step):
        return flat(f(x + step * DIRECTION[: x.size]))

    def slope(h):
        return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)

    with np.errstate(all="ignore"):
        coarse, fine = slope(1e-3), slope(5e-4)
        return fine, (np.abs(coarse - fine) <= 1e-7 * (1 + np.abs(fine))) & np.isfinite(fine)
