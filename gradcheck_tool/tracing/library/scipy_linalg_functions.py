"""`scipy.linalg`: functions of matrices, matrix equations, and the polar factors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.audit import bare
from gradcheck_tool.tracing.complex_ufuncs import embedded
from gradcheck_tool.tracing.decompositions import same_field
from gradcheck_tool.tracing.library.spelling import asked, spelled_all
from gradcheck_tool.tracing.norms import norm
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import inactive, refusal

Entry = Callable[..., Any]
_SMALL = 10  # up to this size SciPy solves the discrete Lyapunov equation as one linear system


def _adjoint(recorder: Recorder, a: Any) -> Any:
    turned = np.swapaxes(a, -1, -2)
    return np.conj(turned) if is_complex(recorder.number(a)) else turned


# --- functions of matrices --------------------------------------------------------------------------


def matrix_function(recorder: Recorder, a: Any, detail: tuple[Any, ...], value: Any) -> Any:
    """``f(A)``, which SciPy says is `value`; `detail` is SciPy's name of f and its further arguments."""
    if not recorder.active(a):
        return inactive(recorder, value)
    if not np.all(np.isfinite(innermost(value))):
        raise refusal(f"scipy.linalg.{detail[0]} of a matrix where it is not finite")
    if is_complex(value):
        a = embedded(recorder, a)
    return recorder.emit("matfun", (recorder.line(a),), detail, solid(value))


def _function(name: str) -> Entry:
    def entry(recorder: Recorder, A: Any) -> Any:
        a = as_array(recorder, A)
        return matrix_function(recorder, a, (name,), asked(f"scipy.linalg.{name}", (recorder.number(a),), {}))

    return entry


def fractional_matrix_power(recorder: Recorder, A: Any, t: Any) -> Any:
    """``scipy.linalg.fractional_matrix_power`` with a constant exponent."""
    a = as_array(recorder, A)
    if recorder.active(t):
        raise refusal("the exponent of scipy.linalg.fractional_matrix_power", "use expm(t * logm(A))")
    value = asked("scipy.linalg.fractional_matrix_power", (recorder.number(a), t), {})
    return matrix_function(recorder, a, ("fractional_matrix_power", float(t)), value)


def expm_frechet(recorder: Recorder, A: Any, E: Any, method: Any = None, compute_expm: bool = True,
                 check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.expm_frechet`` by the exponential of a block matrix."""
    a, e = as_array(recorder, A), as_array(recorder, E)
    n = a.shape[-1]
    block = np.concatenate([np.concatenate([a, e], axis=1), np.concatenate([np.zeros((n, n)), a], axis=1)], axis=0)
    whole = _function("expm")(recorder, block)
    return (whole[:n, :n], whole[:n, n:]) if compute_expm else whole[:n, n:]


# --- linear matrix equations ------------------------------------------------------------------------


def solve_sylvester(recorder: Recorder, a: Any, b: Any, q: Any) -> Any:
    """``scipy.linalg.solve_sylvester``: X of ``A X + X B = Q``."""
    a, b, q = same_field(recorder, *(as_array(recorder, x) for x in (a, b, q)))
    operands = (a, b, q)
    value = asked("scipy.linalg.solve_sylvester", bare(recorder, operands), {})
    if not any(recorder.active(x) for x in operands):
        return inactive(recorder, value)
    return recorder.emit("sylvester", tuple(recorder.operand(x) for x in operands), None, solid(value))


def solve_continuous_lyapunov(recorder: Recorder, a: Any, q: Any) -> Any:
    """``scipy.linalg.solve_continuous_lyapunov``: ``A X + X A^H = Q``."""
    a = as_array(recorder, a)
    return solve_sylvester(recorder, a, _adjoint(recorder, a), q)


def solve_discrete_lyapunov(recorder: Recorder, a: Any, q: Any, method: Any = None) -> Any:
    """``scipy.linalg.solve_discrete_lyapunov``: ``A X A^H - X + Q = 0``."""
    a, q = as_array(recorder, a), as_array(recorder, q)
    n = a.shape[0]
    if method == "direct" or (method is None and n < _SMALL):
        conjugate = np.conj(a) if is_complex(recorder.number(a)) else a
        system = np.eye(n * n) - np.kron(a, conjugate)
        return np.reshape(np.linalg.solve(system, np.ravel(q)), q.shape)
    adjoint = _adjoint(recorder, a)
    inverse = np.linalg.inv(adjoint + np.eye(n))
    b = (adjoint - np.eye(n)) @ inverse
    c = 2 * np.linalg.inv(a + np.eye(n)) @ q @ inverse
    return solve_sylvester(recorder, _adjoint(recorder, b), b, -c)


# --- Riccati equations ------------------------------------------------------------------------------
# Newton's iteration from SciPy's own solution: every step, recorded, doubles the order to which its dependence on
# the matrices is right (Kleinman 1968 for the continuous equation, Hewer 1971 for the discrete one).

_STEPS = 3


def _real(recorder: Recorder, name: str, *arrays: Any) -> tuple[Any, ...]:
    made = tuple(as_array(recorder, x) for x in arrays)
    if any(is_complex(recorder.number(x)) for x in made):
        raise refusal(f"{name} of complex matrices")
    return made


def solve_continuous_are(recorder: Recorder, a: Any, b: Any, q: Any, r: Any, e: Any = None, s: Any = None,
                         balanced: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.solve_continuous_are`` without `e` and `s`."""
    name = "scipy.linalg.solve_continuous_are"
    if e is not None or s is not None:
        raise refusal(f"e= or s= of {name}")
    a, b, q, r = _real(recorder, name, a, b, q, r)
    x: Any = innermost(asked(name, bare(recorder, (a, b, q, r)), {"balanced": balanced}))
    feedback = b @ np.linalg.solve(r, b.T)
    for _ in range(_STEPS):
        closed = a - feedback @ x
        x = solve_sylvester(recorder, closed.T, closed, -(q + x @ feedback @ x))
    return x


def solve_discrete_are(recorder: Recorder, a: Any, b: Any, q: Any, r: Any, e: Any = None, s: Any = None,
                       balanced: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.solve_discrete_are`` without `e` and `s`."""
    name = "scipy.linalg.solve_discrete_are"
    if e is not None or s is not None:
        raise refusal(f"e= or s= of {name}")
    a, b, q, r = _real(recorder, name, a, b, q, r)
    x: Any = innermost(asked(name, bare(recorder, (a, b, q, r)), {"balanced": balanced}))
    for _ in range(_STEPS):
        gain = np.linalg.solve(r + b.T @ x @ b, b.T @ x @ a)
        closed = a - b @ gain
        x = solve_discrete_lyapunov(recorder, closed.T, q + gain.T @ r @ gain)
    return x


# --- polar factors ----------------------------------------------------------------------------------


def polar(recorder: Recorder, a: Any, side: str = "right") -> Any:
    """``scipy.linalg.polar`` of a real matrix of full rank, by the root of ``A^T A``."""
    (a,) = _real(recorder, "scipy.linalg.polar", a)
    right = side == "right"
    m, n = a.shape
    if (m < n) if right else (n < m):
        raise refusal(f"scipy.linalg.polar with side={side!r} of a matrix of this shape", "use the other side")
    square = a.T @ a if right else a @ a.T
    factor = _function("sqrtm")(recorder, square)
    unitary = np.linalg.solve(factor, a.T).T if right else np.linalg.solve(factor, a)
    return unitary, factor


def orthogonal_procrustes(recorder: Recorder, A: Any, B: Any, check_finite: bool = True) -> Any:
    """``scipy.linalg.orthogonal_procrustes``: the orthogonal factor of ``A^T B`` and the sum of its singular values."""
    a, b = _real(recorder, "scipy.linalg.orthogonal_procrustes", A, B)
    product = a.T @ b
    return polar(recorder, product)[0], norm(recorder, product, "nuc")


_NAMES = ("expm", "logm", "sqrtm", "sinm", "cosm", "tanm", "sinhm", "coshm", "tanhm")
ENTRIES = spelled_all(
    "scipy.linalg",
    {
        **{name: _function(name) for name in _NAMES},
        "fractional_matrix_power": fractional_matrix_power,
        "expm_frechet": expm_frechet,
        "solve_sylvester": solve_sylvester,
        "solve_continuous_lyapunov": solve_continuous_lyapunov,
        "solve_lyapunov": solve_continuous_lyapunov,
        "solve_discrete_lyapunov": solve_discrete_lyapunov,
        "solve_continuous_are": solve_continuous_are,
        "solve_discrete_are": solve_discrete_are,
        "polar": polar,
        "orthogonal_procrustes": orthogonal_procrustes,
    },
)
