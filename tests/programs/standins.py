"""The modules numpy, math, cmath and scipy as a program sees them when it runs on 80 digits.

A program's source is executed unchanged; only its imports and the built-in names `float` and `complex` answer
with these stand-ins. What a stand-in does not have is NumPy's own function, which works on object arrays or
fails loudly, since a `Real` refuses to become a float.
"""

from __future__ import annotations

import builtins
import cmath
import importlib
import math
import sys
from types import ModuleType
from typing import Any

import mpmath
import numpy as np
import scipy
import scipy.fft
import scipy.integrate
import scipy.linalg
import scipy.optimize
import scipy.special
from arrays_of_real import array, each
from math_digits import CMATH, MATH
from mpmath import mp, mpf
from numpy_functions import NUMPY, NUMPY_STANDIN, UFUNCS
from real import Real
from scipy_matrices import SCIPY_LINALG
from solvers import INTEGRATE, OPTIMIZE
from special_digits import SEVERAL, SPECIAL
from stood_in import Complex, Float, Standin, Ufunc
from transforms import FFT, cosine_transform, sine_transform


def _logsumexp(a, axis=None, b=None, keepdims=False, **_):
    e = UFUNCS["exp"](array(a))
    total = np.sum(np.asarray(e * (1 if b is None else array(b))), axis=axis, keepdims=keepdims)
    return UFUNCS["log"](total)


def _softmax(x, axis=None):
    e = UFUNCS["exp"](array(x))
    return e / np.sum(np.asarray(e), axis=axis, keepdims=True)


def _spherical(name):
    one = Ufunc(name, SPECIAL[name], None)

    def called(n, z, derivative=False):
        if not derivative:
            return one(n, z)
        return each(lambda k, t: mpmath.diff(lambda s: SPECIAL[name](k, s), t), n, z)

    return called


def _multigammaln(a, d):
    lead = Real(mpf(d * (d - 1)) / 4 * mp.log(mp.pi))
    return lead + sum(each(lambda v, j=j: SPECIAL["gammaln"](v - mpf(j) / 2), a) for j in range(d))


_SPECIAL: dict[str, Any] = {
    **{name: Ufunc(name, work, getattr(scipy.special, name, None)) for name, work in SPECIAL.items()},
    **{name: _spherical(name) for name in ("spherical_jn", "spherical_yn", "spherical_in", "spherical_kn")},
    **{name: (lambda x, work=work, n=n: tuple(each(lambda v, k=k: work(v)[k], x) for k in range(n)))
       for (name, work), n in zip(SEVERAL.items(), (4, 2, 2, 2), strict=True)},
    "logsumexp": _logsumexp, "softmax": _softmax, "multigammaln": _multigammaln,
    "log_softmax": lambda x, axis=None: UFUNCS["log"](_softmax(x, axis)),
    "factorial": lambda n, exact=False: scipy.special.factorial(n, exact=exact) if isinstance(n, (int, np.integer))
    else each(mpmath.factorial, n),
    "comb": lambda n, k, exact=False, **_: scipy.special.comb(n, k, exact=exact) if isinstance(n, int) else each(
        mpmath.binomial, n, k
    ),
}  # fmt: skip
SCIPY_PARTS = {
    "special": Standin(scipy.special, _SPECIAL), "linalg": Standin(scipy.linalg, SCIPY_LINALG),
    "fft": Standin(scipy.fft, {**FFT, "dct": cosine_transform, "dst": sine_transform}),
    "optimize": Standin(scipy.optimize, OPTIMIZE), "integrate": Standin(scipy.integrate, INTEGRATE),
}  # fmt: skip
MODULES: dict[str, Any] = {
    "numpy": NUMPY_STANDIN, "numpy.linalg": NUMPY["linalg"], "numpy.fft": NUMPY["fft"],
    "math": Standin(math, MATH), "cmath": Standin(cmath, CMATH), "scipy": Standin(scipy, SCIPY_PARTS),
    **{f"scipy.{name}": part for name, part in SCIPY_PARTS.items()},
}  # fmt: skip


def _import(name, globals_=None, locals_=None, fromlist=(), level=0):
    if name in MODULES:
        return MODULES[name if fromlist else name.split(".")[0]]
    if name.split(".")[0] in ("numpy", "scipy"):
        return importlib.import_module(name) if fromlist else MODULES[name.split(".")[0]]
    return builtins.__import__(name, globals_, locals_, fromlist, level)


def load(source: str, path: str) -> dict[str, Any]:
    """The names a program file defines, when its imports give stand-ins."""
    module = ModuleType("high_precision_" + path.rsplit("/", 1)[-1].removesuffix(".py"))
    sys.modules[module.__name__] = module  # dataclasses look their module up
    names = vars(module)
    names["__builtins__"] = {**vars(builtins), "float": Float, "complex": Complex, "__import__": _import}
    exec(compile(source, path, "exec", dont_inherit=True), names)  # noqa: S102 - our own programs
    return names
