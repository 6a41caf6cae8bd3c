"""NumPy functions that object arrays have no answer to, written for arrays of `Real`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from arrays_of_real import array, each, lifted, wants_real
from matrices import LINALG, doubles, lstsq
from mpmath import mp, mpf
from real import BINARY, UNARY, Lossy, Real, raw
from stood_in import Complex, Float, Lifting, Standin, Ufunc, same
from transforms import FFT

UFUNCS = {name: Ufunc(name, work, getattr(np, name, None)) for name, work in {**UNARY, **BINARY}.items()}


def _filled(value: Any) -> Callable[..., Any]:
    def make(shape, dtype=Float, order="C", **_):
        if not wants_real(dtype):
            return np.full(shape, value, dtype=dtype)
        return lifted(np.full(shape, value, dtype=float))

    return make


def _filled_like(value: Any) -> Callable[..., Any]:
    def make(a, dtype=None, **_):
        a = array(a)
        if (dtype is None and a.dtype.kind in "iub") or (dtype is not None and not wants_real(dtype)):
            return np.full_like(a, value, dtype=dtype)
        return lifted(np.full(a.shape, value, dtype=float))

    return make


def _full(shape, fill, dtype=None, **_):
    if dtype is not None and not wants_real(dtype):
        return np.full(shape, fill, dtype=dtype)
    fill = array(fill)
    if dtype is None and fill.dtype.kind in "iub":
        return np.full(shape, fill)
    out = lifted(np.zeros(shape))
    out[...] = fill
    return out


def _full_like(a, fill, dtype=None, **_):
    a = array(a)
    if dtype is None and a.dtype.kind in "iub":
        return np.full_like(a, fill)
    return _full(a.shape, fill, dtype or Float)


def _arange(*args, dtype=None):
    if any(isinstance(x, Real) for x in args):
        start, stop, step = (0, args[0], 1) if len(args) == 1 else (*args, 1)[:3]
        count = math.ceil((Real(stop) - start) / step)
        return lifted(np.array([Real(start) + k * step for k in range(count)], dtype=object))
    made = np.arange(*args) if dtype is None or wants_real(dtype) else np.arange(*args, dtype=dtype)
    return lifted(made.astype(float)) if dtype is not None and wants_real(dtype) else lifted(made)


def _linspace(start, stop, num=50, endpoint=True, retstep=False, **_):
    start, stop = array(start) * Real(1), array(stop) * Real(1)
    step = (stop - start) / (num - 1 if endpoint else num)
    out = lifted(np.stack([np.asarray(start + k * step) for k in range(num)]))
    return (out, step) if retstep else out


def _logspace(start, stop, num=50, endpoint=True, base=10.0):
    return np.power(Real(base), _linspace(start, stop, num, endpoint))


def _geomspace(start, stop, num=50):
    return NUMPY["exp"](_linspace(NUMPY["log"](start), NUMPY["log"](stop), num))


def _test(work: Callable[[Any], bool]) -> Callable[[Any], Any]:
    def test(x):
        a = np.asarray(array(x))
        out = np.array([work(raw(v)) for v in a.ravel()], dtype=bool).reshape(a.shape)
        return out[()]

    return test


def _isclose(a, b, rtol=1e-5, atol=1e-8, **_):
    a, b = np.broadcast_arrays(np.asarray(array(a)), np.asarray(array(b)))
    near = [abs(raw(p) - raw(q)) <= atol + rtol * abs(raw(q)) for p, q in zip(a.ravel(), b.ravel(), strict=True)]
    return np.array(near, dtype=bool).reshape(a.shape)[()]


def _interp(x, xp, fp, left=None, right=None, period=None):
    xp, fp = list(array(xp)), list(array(fp))
    if period is not None:
        raise Lossy("interp with a period")

    def at(t):
        t = Real(t)
        if t < xp[0]:
            return raw(fp[0] if left is None else left)
        if t >= xp[-1]:
            return raw(fp[-1] if t == xp[-1] or right is None else right)
        k = max(j for j in range(len(xp)) if xp[j] <= t)
        return raw(fp[k] + (t - xp[k]) * (fp[k + 1] - fp[k]) / (xp[k + 1] - xp[k]))

    return each(at, x if isinstance(x, Real) else array(x))


def _gradient(f, *spacing, axis=None, edge_order=1):
    f = array(f)
    if f.ndim > 1 and axis is None:
        return [_gradient(f, *(spacing[k : k + 1] if len(spacing) > 1 else spacing), axis=k) for k in range(f.ndim)]
    f = np.moveaxis(f, axis or 0, 0)
    n = len(f)
    h = spacing[0] if spacing else 1
    t = [k * Real(h) for k in range(n)] if np.ndim(h) == 0 else list(array(h))
    out = lifted(np.zeros(f.shape))
    for k in range(1, n - 1):
        a, b = t[k] - t[k - 1], t[k + 1] - t[k]
        out[k] = -b / (a * (a + b)) * f[k - 1] + (b - a) / (a * b) * f[k] + a / (b * (a + b)) * f[k + 1]
    if edge_order == 1:
        out[0], out[-1] = (f[1] - f[0]) / (t[1] - t[0]), (f[-1] - f[-2]) / (t[-1] - t[-2])
    else:
        a, b = t[1] - t[0], t[2] - t[1]
        out[0] = -(2 * a + b) / (a * (a + b)) * f[0] + (a + b) / (a * b) * f[1] - a / (b * (a + b)) * f[2]
        a, b = t[-2] - t[-3], t[-1] - t[-2]
        out[-1] = b / (a * (a + b)) * f[-3] - (a + b) / (a * b) * f[-2] + (2 * b + a) / (b * (a + b)) * f[-1]
    return np.moveaxis(out, 0, axis or 0)


def _polyfit(x, y, deg, w=None, **_):
    V = np.vander(np.asarray(array(x)) * Real(1), deg + 1)
    if w is not None:
        return lstsq(lifted(V) * array(w)[:, None], array(y) * array(w))[0]
    return lstsq(lifted(V), array(y))[0]


def _unwrap(p, discont=None, axis=-1, **_):
    p = array(p)
    out = [raw(v) for v in p.ravel()]
    for k in range(1, len(out)):
        out[k] = out[k] - 2 * mp.pi * mpmath.nint((out[k] - out[k - 1]) / (2 * mp.pi))
    if p.ndim > 1:
        raise Lossy("unwrap of a matrix")
    return lifted(np.array([Real(v) for v in out], dtype=object))


def _nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    return each(lambda v: mpf(nan) if mpmath.isnan(v) else v, array(x))


def _quantile(a, q, axis=None, keepdims=False, method="linear", **_):
    if method != "linear":
        raise Lossy("quantile method")
    a = np.asarray(array(a))
    a = np.sort(a.ravel(), axis=0) if axis is None else np.sort(np.moveaxis(a, axis, 0), axis=0)

    def at(p):
        t = raw(p) * (len(a) - 1)
        k = min(int(mpmath.floor(t)), len(a) - 2)
        return a[k] + (a[k + 1] - a[k]) * Real(t - k)

    result = at(q) if np.ndim(q) == 0 else lifted(np.stack([np.asarray(at(p)) for p in np.ravel(q)]))
    return lifted(np.expand_dims(result, axis)) if keepdims and axis is not None else lifted(result)


def _digitize(x, bins, right=False):
    edges = list(array(bins))
    found = [sum(e < v if right else e <= v for e in edges) for v in np.ravel(array(x))]
    return np.array(found).reshape(np.shape(x))[()]


def _bincount(x, weights=None, minlength=0):
    out = lifted(np.zeros(max(max(x) + 1, minlength)))
    for k, w in zip(x, array(weights), strict=True):
        out[k] = out[k] + w
    return out


def _roots(p):
    c = [raw(v) for v in array(p)]
    found = mpmath.polyroots(c, maxsteps=200, extraprec=200)
    theirs = np.roots(doubles(array(p)))
    left = list(found)
    ordered = []
    for t in theirs:
        ordered.append(min(left, key=lambda z: abs(complex(z) - complex(t))))
        left.remove(ordered[-1])
    return lifted(np.array([Real(v) for v in ordered], dtype=object))


def _folded(name):
    def called(a, axis=None, where=None, **kw):
        if where is None:
            return Lifting(getattr(np, name))(a, axis=axis, **kw)
        keep = np.broadcast_to(where, np.shape(a))
        if axis is not None:
            raise Lossy("where= along an axis")
        kept = array(a)[np.array(keep)]
        if name == "sum":
            kw.setdefault("initial", Real(0))
        return Lifting(getattr(np, name))(kept, **kw)

    return called


def _cov(m, y=None, rowvar=True, bias=False, ddof=None, **_):
    m = array(m)
    m = m.reshape(1, -1) if m.ndim == 1 else m if rowvar else m.T
    if y is not None:
        m = lifted(np.vstack([m, np.atleast_2d(array(y))]))
    d = np.asarray(m) - np.asarray(m).mean(axis=1, keepdims=True)
    return lifted(np.squeeze(d @ d.T / Real(m.shape[1] - ((0 if bias else 1) if ddof is None else ddof))))


def _corrcoef(m, y=None, rowvar=True):
    c = _cov(m, y, rowvar)
    s = np.asarray(UFUNCS["sqrt"](lifted(np.diag(c))))
    return lifted(np.asarray(c) / s[:, None] / s[None, :])


def _std(a, axis=None, **kw):
    return array(a).std(axis, **kw)


def _nanned(name):
    def called(a, axis=None, **kw):
        keep = ~_test(mpmath.isnan)(a)
        if axis is None:
            return NUMPY_STANDIN.__getattr__(name)(array(a)[keep], **kw)
        return Lifting(getattr(np, "nan" + name))(array(a), axis=axis, **kw)

    return called


def _frexp(x):
    _, e = np.frexp(doubles(array(x)))
    return array(x) * array(2.0 ** -e.astype(float)), e


def _angle(z, deg=False):
    return UFUNCS["angle"](z) * (Real(180 / mp.pi) if deg else 1)


NUMPY: dict[str, Any] = {
    **UFUNCS, "angle": _angle, "float64": Float, "double": Float, "floating": Float, "complex128": Complex,
    "array": array, "asarray": same, "asanyarray": same, "ascontiguousarray": same, "asfortranarray": array,
    "zeros": _filled(0.0), "ones": _filled(1.0), "empty": _filled(0.0),
    "zeros_like": _filled_like(0.0), "ones_like": _filled_like(1.0), "empty_like": _filled_like(0.0),
    "full": _full, "full_like": _full_like, "arange": _arange, "linspace": _linspace, "logspace": _logspace,
    "geomspace": _geomspace, "isnan": _test(mpmath.isnan), "isinf": _test(mpmath.isinf),
    "isfinite": _test(mpmath.isfinite), "isclose": _isclose,
    "allclose": lambda a, b, *rest, **kw: bool(np.all(_isclose(a, b, *rest, **kw))),
    "signbit": _test(lambda v: v < 0), "iscomplexobj": lambda x: any(
        isinstance(raw(v), mpmath.mpc) for v in np.ravel(x)
    ),
    "isscalar": lambda x: isinstance(x, Real) or np.isscalar(x), "interp": _interp, "gradient": _gradient,
    "polyfit": _polyfit, "unwrap": _unwrap, "nan_to_num": _nan_to_num, "quantile": _quantile,
    "percentile": lambda a, q, *rest, **kw: _quantile(a, np.asarray(q) / 100, *rest, **kw),
    "std": _std, "var": lambda a, axis=None, **kw: array(a).var(axis, **kw), "modf": lambda x: (
        each(lambda v: v - mpf(int(v)), x), each(lambda v: mpf(int(v)), x)
    ),
    "divmod": lambda a, b: (array(a) // b, array(a) % b), "frexp": _frexp,
    "digitize": _digitize, "bincount": _bincount, "roots": _roots, "cov": _cov, "corrcoef": _corrcoef,
    **{name: _folded(name) for name in ("sum", "mean", "prod", "max", "min", "amax", "amin")},
    "fromiter": lambda it, dtype=None, count=-1: array(list(it)),
    "finfo": lambda _=None: np.finfo(float),
    "issubdtype": lambda a, b: np.dtype(a) == np.dtype("O") or np.issubdtype(a, b),
    "around": lambda a, decimals=0: array(a).round(decimals), "round": lambda a, decimals=0: array(a).round(decimals),
    "linalg": Standin(np.linalg, LINALG), "fft": Standin(np.fft, FFT), "ufunc": (Ufunc, np.ufunc),
    "nansum": _nanned("sum"), "nanmean": _nanned("mean"), "nanstd": _nanned("std"), "nanvar": _nanned("var"),
    "nanmax": _nanned("max"), "nanmin": _nanned("min"), "nanprod": _nanned("prod"),
    "nanmedian": _nanned("median"), "nanpercentile": lambda a, q: NUMPY["percentile"](
        array(a)[~_test(mpmath.isnan)(a)], q
    ),
}  # fmt: skip
NUMPY_STANDIN = Standin(np, NUMPY)
