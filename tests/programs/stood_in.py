"""What stands in for float, for a ufunc and for a module, when a program runs on 80 digits."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import mpmath
import numpy as np
from arrays_of_real import Reals, array, each, lifted, wants_real
from mpmath import mpf
from real import Real, raw, real_only


class _Kind(type):
    """A type that a Real, seen as a float or a complex number, is an instance of."""

    def __instancecheck__(cls, x):
        wanted = isinstance(raw(x), mpmath.mpc) if isinstance(x, Real) else None
        return cls.own(x) if wanted is None else wanted is cls.is_complex

    def __subclasscheck__(cls, other):
        return issubclass(other, (float, np.floating)) or other is cls

    def __eq__(cls, other):
        return other is cls or other in cls.equals

    def __hash__(cls):
        return hash(cls.__name__)


class Float(metaclass=_Kind):
    """`float`, `np.float64`: a Real stays what it is."""

    is_complex = False
    equals = (float, np.float64, np.dtype(object), object)

    @staticmethod
    def own(x):
        return isinstance(x, (float, np.floating))

    def __new__(cls, x=0.0):
        if isinstance(x, np.ndarray):
            if x.size != 1:
                raise TypeError("only length-1 arrays can be converted to Python scalars")
            x = x.ravel()[0]
        if isinstance(x, Real):
            if isinstance(x.v, mpmath.mpc):
                raise TypeError("float() argument must be a string or a real number, not 'complex'")
            return x
        if isinstance(x, str) and len(x) > 30:
            return Real(mpf(x))
        return float(x)

    fromhex = float.fromhex


class Complex(metaclass=_Kind):
    is_complex = True
    equals = (complex, np.complex128)

    @staticmethod
    def own(x):
        return isinstance(x, (complex, np.complexfloating))

    def __new__(cls, re=0.0, im=0.0):
        return Real(mpmath.mpc(raw(re)) + mpmath.mpc(0, 1) * mpmath.mpc(raw(im)))


class Ufunc:
    """A function of numbers, called as a ufunc is: with out=, where= and broadcasting."""

    def __init__(self, name: str, work: Callable[..., Any], theirs: Any) -> None:
        self.__name__, self.work, self.theirs = name, real_only(work), theirs

    def __call__(self, *args, out=None, where=True, dtype=None):
        args = [array(x) if isinstance(x, (list, tuple)) else x for x in args]
        kinds = [x.dtype.kind if isinstance(x, np.ndarray) else "n" for x in args]
        if len(args) == 1 and kinds[0] in "iub" and self.__name__ in ("abs", "absolute", "sign", "square", "negative"):
            return self.theirs(*args)
        if isinstance(out, tuple):
            out = out[0]
        if where is not True:
            shape = np.broadcast_shapes(np.shape(where), *(np.shape(x) for x in args))
            out = array(np.zeros(shape)) if out is None else out
            spread = [np.broadcast_to(np.asarray(x), shape) for x in args]
            for at in np.ndindex(shape):
                if np.broadcast_to(where, shape)[at]:
                    out[at] = Real(self.work(*(raw(a[at]) for a in spread)))
            return out
        result = each(self.work, *args)
        if out is None:
            return result
        out[...] = result
        return out

    def outer(self, a, b):
        a, b = array(a), array(b)
        return self(a.reshape(a.shape + (1,) * b.ndim), b)

    def reduce(self, a, axis=0, **_):
        return lifted(np.frompyfunc(lambda p, q: Real(self.work(raw(p), raw(q))), 2, 1).reduce(array(a), axis=axis))

    def accumulate(self, a, axis=0):
        a = array(a)
        return lifted(np.frompyfunc(lambda p, q: Real(self.work(raw(p), raw(q))), 2, 1).accumulate(a, axis=axis))


class Standin(ModuleType):
    """A module of which some names are exchanged; results of all others are lifted."""

    def __init__(self, theirs: ModuleType, table: dict[str, Any]) -> None:
        super().__init__(theirs.__name__)
        self.__dict__["_theirs"], self.__dict__["_table"] = theirs, table

    def __getattr__(self, name):
        if name in self._table:
            return self._table[name]
        found = getattr(self._theirs, name)
        if isinstance(found, type) or not callable(found) or name == "errstate":
            return found
        return Lifting(found)


class Lifting:
    """NumPy's own function, on lifted arguments."""

    def __init__(self, theirs: Any) -> None:
        self.theirs = theirs
        self.__name__ = getattr(theirs, "__name__", "function")

    def __call__(self, *args, **keywords):
        keywords = {k: v for k, v in keywords.items() if k != "dtype" or not wants_real(v)}
        return lifted(self.theirs(*(map(_solid, args)), **keywords))

    def __getattr__(self, name):
        return Lifting(getattr(self.theirs, name))

    def __getitem__(self, key):  # np.r_, np.c_, np.s_, np.mgrid
        return lifted(self.theirs[key])


def _solid(x: Any) -> Any:
    """Lists of numbers as arrays, float arrays as Reals; the rest as it is."""
    if type(x) is list and x and all(isinstance(y, (Real, float)) for y in x):
        return array(x)
    return lifted(x) if isinstance(x, np.ndarray) and x.dtype.kind in "fc" else x


def same(x, dtype=None, **_):
    """An array that is one already stays the very same."""
    return x if isinstance(x, Reals) and (dtype is None or wants_real(dtype)) else array(x, dtype)
