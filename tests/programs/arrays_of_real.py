"""Reals: an object array of `Real`, and functions that make such arrays out of anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from mpmath import mpc, mpf
from real import Real, raw, real_only


class Reals(np.ndarray):
    """An array whose elements are `Real`; what object arrays of NumPy cannot do is done element by element."""

    def __setitem__(self, key, value):
        super().__setitem__(plain_key(key), lifted(value))

    def __getitem__(self, key):
        return super().__getitem__(plain_key(key))

    @property
    def real(self):
        return each(lambda z: z.real, self)

    @real.setter
    def real(self, value):
        self[...] = array(value) + self.imag * 1j

    @property
    def imag(self):
        return each(lambda z: z.imag, self)

    @imag.setter
    def imag(self, value):
        self[...] = self.real + array(value) * 1j

    @property
    def flat(self):
        return super().flat

    def conj(self):
        return each(lambda z: mpc(z).conjugate() if isinstance(z, mpc) else z, self)

    conjugate = conj

    def astype(self, dtype, **_):
        if dtype in (int, bool) or (isinstance(dtype, np.dtype) and dtype.kind in "iub"):
            return np.vectorize(lambda z: dtype(int(raw(z))), otypes=[dtype])(np.asarray(self))
        return self.copy()

    def round(self, decimals=0, out=None):
        return each(lambda z: raw(round(Real(z), decimals)), self)

    def fill(self, value):
        self[...] = value

    def item(self, *at):
        return lifted(super().item(*at))

    def mean(self, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
        return lifted(np.asarray(self).mean(axis, None, out, keepdims, where=where))

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, **kw):
        return each(real_only(lambda z: z**HALF), self.var(axis, None, out, ddof, keepdims, **kw))

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, **kw):
        return lifted(np.asarray(self).var(axis, None, out, kw.pop("correction", ddof), keepdims, **kw))

    def sum(self, axis=None, dtype=None, out=None, **kw):
        return lifted(np.asarray(self).sum(axis, None, out, **kw))

    def prod(self, axis=None, dtype=None, out=None, **kw):
        return lifted(np.asarray(self).prod(axis, None, out, **kw))

    def cumsum(self, axis=None, dtype=None, out=None):
        return lifted(np.asarray(self).cumsum(axis, None, out))

    def cumprod(self, axis=None, dtype=None, out=None):
        return lifted(np.asarray(self).cumprod(axis, None, out))


HALF = mpf(1) / 2


def plain_key(key: Any) -> Any:
    """An index without traces of `Reals`: masks that came out of comparisons of object arrays."""
    if isinstance(key, tuple):
        return tuple(plain_key(k) for k in key)
    if isinstance(key, np.ndarray) and key.dtype == object and key.size:
        if all(isinstance(k, (bool, np.bool_)) for k in key.ravel()):
            return np.array(key, dtype=bool)
        if all(isinstance(k, (int, np.integer)) for k in key.ravel()):
            return np.array(key, dtype=int)
    return key


def is_number(x: Any) -> bool:
    return isinstance(x, (float, complex, np.floating, np.complexfloating, mpf, mpc))


def lifted(x: Any) -> Any:
    """x with its floats as `Real` and its float or object arrays as `Reals`; views stay views."""
    if isinstance(x, np.ndarray):
        if x.dtype.kind in "fc":
            out = np.empty(x.shape, dtype=object)
            for at in np.ndindex(x.shape):
                out[at] = Real(x[at])
            return out.view(Reals)
        if x.dtype == object:
            base = x.view(np.ndarray)
            for at in np.ndindex(base.shape):
                element = base[at]
                if type(element) is not Real and not isinstance(element, (bool, np.bool_)):
                    number = raw(element)
                    if number is not None:
                        base[at] = Real(number)
            return base if base.size and isinstance(base.flat[0], (bool, np.bool_)) else base.view(Reals)
        return x
    if is_number(x):
        return Real(x)
    if isinstance(x, list):
        return [lifted(y) for y in x]
    return tuple(lifted(y) for y in x) if type(x) is tuple else x


def each(work: Callable[..., Any], *operands: Any) -> Any:
    """A function of mpmath numbers applied element by element, with broadcasting."""
    arrays = [np.asarray(x, dtype=object) if not isinstance(x, np.ndarray) else x for x in operands]
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    if shape == () and not any(isinstance(x, np.ndarray) for x in operands):
        return Real(work(*(raw(x) for x in operands)))
    spread = [np.broadcast_to(np.asarray(a), shape) for a in arrays]
    out = np.empty(shape, dtype=object)
    for at in np.ndindex(shape):
        out[at] = Real(work(*(raw(a[at]) for a in spread)))
    return out[()] if shape == () else out.view(Reals)


def array(x: Any, dtype: Any = None, *, copy: Any = True, ndmin: int = 0, **_: Any) -> Any:
    """numpy.array: integers and booleans stay NumPy's, everything else becomes `Reals`."""
    if isinstance(x, Real) or is_number(x):
        out = np.empty((), dtype=object)
        out[()] = Real(x)
        made = out.view(Reals)
    else:
        made = np.array(x, ndmin=ndmin)
        if made.dtype == object and made.size and all(isinstance(v, (bool, np.bool_)) for v in made.ravel()):
            made = made.astype(bool)
    if made.dtype.kind in "iub" and dtype is not None and wants_real(dtype):
        made = made.astype(float)
    if dtype is not None and not wants_real(dtype):
        return np.array(made, dtype=dtype) if made.dtype != object else made.view(Reals).astype(dtype)
    made = lifted(made)
    return made.reshape((1,) * max(0, ndmin - made.ndim) + made.shape)


def wants_real(dtype: Any) -> bool:
    """Whether an array of this dtype is to hold `Real`."""
    if dtype in (int, bool) or (isinstance(dtype, str) and dtype[0] in "ib"):
        return False
    try:
        return np.dtype(dtype).kind not in "iubSU"
    except TypeError:
        return True
