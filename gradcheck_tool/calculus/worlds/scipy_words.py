"""The words of the rules that SciPy computes; it is imported when a rule first says one.

The package does not need SciPy: a user who calls its functions has it.

A recorded operand (of a derivative inside a derivative) answers for itself with ``apply_word``; every word here
is also a row, so it can.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

Word = Callable[..., Any]

UFUNCS = """
rgamma betaln beta poch binom gammainc gammaincc gammaincinv gammainccinv betainc betaincc betaincinv betainccinv
erfcx erfi erfinv erfcinv dawsn log_ndtr ndtri ndtri_exp kolmogorov kolmogi owens_t stdtr stdtrit chdtr chdtrc chdtri
fdtr fdtrc fdtri bdtr bdtrc bdtri nbdtr nbdtrc nbdtri pdtr pdtrc pdtri gdtr gdtrc gdtrix tklmbda nrdtrimn nrdtrisd
voigt_profile jv yv iv kv jve yve ive kve struve modstruve ber bei ker kei berp beip kerp keip wright_bessel
log_wright_bessel itstruve0 itmodstruve0 it2struve0 ellipk ellipkm1 ellipe ellipkinc ellipeinc elliprc elliprd
elliprf elliprg elliprj agm entr rel_entr kl_div hyp0f1 hyp1f1 hyp2f1 hyperu expi exp1 spence exprel lpmv
boxcox boxcox1p inv_boxcox inv_boxcox1p huber pseudo_huber zetac powm1 wrightomega gammasgn cosm1
sindg cosdg tandg cotdg radian
"""
WHOLE = """
expn eval_chebyt eval_chebyu eval_chebyc eval_chebys eval_legendre eval_hermite eval_hermitenorm eval_laguerre
eval_genlaguerre eval_gegenbauer eval_jacobi eval_sh_legendre eval_sh_chebyt eval_sh_chebyu eval_sh_jacobi
"""
WRAPPERS = "spherical_jn spherical_yn spherical_in spherical_kn polygamma"
PARTS = {
    "airy": ("airy_ai", "airy_aip", "airy_bi", "airy_bip"),
    "airye": ("airye_ai", "airye_aip", "airye_bi", "airye_bip"),
    "sici": ("si", "ci"),
    "shichi": ("shi", "chi"),
    "fresnel": ("fresnel_s", "fresnel_c"),
    "ellipj": ("ellipj_sn", "ellipj_cn", "ellipj_dn", "ellipj_am"),
    "itj0y0": ("itj0", "ity0"),
    "iti0k0": ("iti0", "itk0"),
    "pbdv": ("pbdv_d", "pbdv_dp"),
    "pbvv": ("pbvv_v", "pbvv_vp"),
}


@cache
def special() -> Any:
    """The module `scipy.special`."""
    return importlib.import_module("scipy.special")


def dispatched(name: str, word: Word) -> Word:
    """The word, which a recorded operand writes down instead."""

    def over(*operands: Any) -> Any:
        for operand in operands:
            if hasattr(type(operand), "apply_word"):
                return operand.apply_word(name, operands)
        return word(*operands)

    over.__name__ = name
    return over


def _ufunc(name: str) -> Word:
    def word(*operands: Any) -> Any:
        return getattr(special(), name)(*operands)

    return word


def _part(name: str, place: int) -> Word:
    def word(*operands: Any) -> Any:
        return getattr(special(), name)(*operands)[place]

    return word


def _wrapper(name: str) -> Word:
    def word(order: Any, x: Any) -> Any:
        return np.asarray(getattr(special(), name)(np.asarray(order).astype(int), np.asarray(x, dtype=float)))[()]

    return word


def _with_whole_order(name: str) -> Word:
    """The ufunc with an order of type int where it is whole: SciPy's recurrences are exact where its series are not."""

    def word(order: Any, *rest: Any) -> Any:
        degree = np.asarray(order)
        if degree.dtype.kind == "f" and np.all(degree == np.rint(degree)):
            degree = degree.astype(int)
        return getattr(special(), name)(degree[()], *rest)

    return word


def _zeta(s: Any, q: Any) -> Any:
    return special().zeta(s, q)


def _riemann(s: Any) -> Any:
    return special().zeta(s)


def _lambertw(branch: Any, x: Any) -> Any:
    return np.asarray(special().lambertw(x, np.asarray(branch).astype(int)).real)[()]


_SAID: dict[str, Word] = {
    **{name: _ufunc(name) for name in UFUNCS.split()},
    **{name: _with_whole_order(name) for name in WHOLE.split()},
    **{name: _wrapper(name) for name in WRAPPERS.split()},
    **{part: _part(name, k) for name, parts in PARTS.items() for k, part in enumerate(parts)},
    "zeta": _zeta,
    "riemann_zeta": _riemann,
    "lambertw": _lambertw,
}
SCIPY_WORDS: dict[str, Word] = {name: dispatched(name, word) for name, word in _SAID.items()}
