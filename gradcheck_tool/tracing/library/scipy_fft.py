"""``scipy.fft`` and the transforms of ``scipy.fftpack``: NumPy's own compositions with SciPy's values.

Cosine and sine transforms are products with a matrix, which is learned by transforming the identity; so is the
packed real transform of ``scipy.fftpack``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import fourier
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, patched
from gradcheck_tool.tracing.ufuncs import inactive

Entry = Callable[..., Any]
LONGEST = 2048  # the largest matrix of a cosine or sine transform that is learned


def _scipy(name: str) -> Callable[..., Any]:
    module, _, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


# --- the family of the DFT -----------------------------------------------------------------------


def _one_axis(name: str, make: Any, length: Any) -> Entry:
    def entry(recorder: Recorder, x: Any, n: Any = None, axis: int = -1, norm: Any = None, overwrite_x: Any = False,
              workers: Any = None, *, plan: Any = None) -> Any:  # fmt: skip
        return fourier.one_axis(_scipy(name), make, length)(recorder, x, n, axis, norm)

    return entry


def _several(name: str, steps: Any, default: Any, *, ends_real: bool = False) -> Entry:
    def entry(recorder: Recorder, x: Any, s: Any = None, axes: Any = default, norm: Any = None,
              overwrite_x: Any = False, workers: Any = None, *, plan: Any = None) -> Any:  # fmt: skip
        made = fourier.several(_scipy(name), steps, default, ends_real=ends_real)
        return made(recorder, x, _listed(s), _listed(axes), norm)

    return entry


def _listed(x: Any) -> Any:
    """SciPy takes a number for a list of one."""
    return x if x is None or np.ndim(x) else (x,)


def _legacy_axis(name: str, make: Any) -> Entry:
    def entry(recorder: Recorder, x: Any, n: Any = None, axis: int = -1, overwrite_x: Any = False) -> Any:
        def plain(number: Any, n: Any, axis: int, _norm: Any) -> Any:
            return _scipy(name)(number, n, axis)

        return fourier.one_axis(plain, make, fourier.same_length)(recorder, x, n, axis, None)

    return entry


def _legacy_axes(name: str, steps: Any, default: Any) -> Entry:
    def entry(recorder: Recorder, x: Any, shape: Any = None, axes: Any = default, overwrite_x: Any = False) -> Any:
        def plain(number: Any, shape: Any, axes: Any, _norm: Any) -> Any:
            return _scipy(name)(number, shape, axes)

        return fourier.several(plain, steps, default)(recorder, x, _listed(shape), _listed(axes), None)

    return entry


def _hermitian_axes(recorder: Recorder, a: Any, sizes: list[int], axes: list[int], norm: Any) -> Any:
    return fourier.real_backward(recorder, np.conjugate(a), sizes, axes, fourier.TURNED[norm])


def _inverse_hermitian_axes(recorder: Recorder, a: Any, sizes: list[int], axes: list[int], norm: Any) -> Any:
    return np.conjugate(fourier.real_forward(recorder, a, sizes, axes, fourier.TURNED[norm]))


def _shift(name: str) -> Entry:
    return lambda recorder, x, axes=None: fourier.shift(_scipy(name))(recorder, x, axes)


def _frequencies(name: str) -> Entry:
    def entry(recorder: Recorder, n: Any, d: Any = 1.0, *, xp: Any = None, device: Any = None) -> Any:
        plain = _scipy(name)
        return patched(recorder, plain(n) / d, plain(n, recorder.number(d)))

    return entry


# --- cosine and sine transforms ------------------------------------------------------------------


@lru_cache(maxsize=32)
def _matrix(name: str, n: int, size: int, keywords: tuple[tuple[str, Any], ...]) -> Any:
    """The matrix of a linear transform of `size` numbers, cropped or padded to n: what it makes of the identity."""
    matrix = _scipy(name)(np.eye(size), n=n, axis=0, **dict(keywords))
    matrix.flags.writeable = False
    return matrix


def _through(name: str, a: Any, n: Any, axis: int, keywords: dict[str, Any]) -> Any:
    """One axis of an array through the matrix of a transform."""
    size = a.shape[axis]
    n = size if n is None else int(n)
    if max(n, size) > LONGEST:
        raise CannotFollow(
            f"{name} of more than {LONGEST} numbers is not followed",
            where=here(),
            remedy="write it with scipy.fft.rfft of the mirrored array, or check against differences alone",
        )
    matrix = _matrix(name, n, size, tuple(sorted(keywords.items())))
    return np.moveaxis(np.tensordot(matrix, a, axes=(1, axis)), 0, axis)


def _linear(name: str) -> Entry:
    """A real-linear transform along one axis, whose keywords SciPy judges."""

    def entry(recorder: Recorder, x: Any, type: Any = 2, n: Any = None, axis: int = -1, norm: Any = None,  # noqa: A002 - SciPy's name
              overwrite_x: Any = False, workers: Any = None, orthogonalize: Any = None) -> Any:  # fmt: skip
        x = as_array(recorder, x)
        keywords = _given(type=type, norm=norm, orthogonalize=orthogonalize)
        value = _scipy(name)(recorder.number(x), n=n, axis=axis, **keywords)
        if not recorder.active(x):
            return inactive(recorder, value)
        return patched(recorder, _through(name, x, n, axis, keywords), value)

    return entry


def _linear_axes(name: str) -> Entry:
    single = name[:-1]  # dctn is dct along one axis after the other

    def entry(recorder: Recorder, x: Any, type: Any = 2, s: Any = None, axes: Any = None, norm: Any = None,  # noqa: A002 - SciPy's name
              overwrite_x: Any = False, workers: Any = None, *, orthogonalize: Any = None) -> Any:  # fmt: skip
        x = as_array(recorder, x)
        keywords = _given(type=type, norm=norm, orthogonalize=orthogonalize)
        value = _scipy(name)(recorder.number(x), s=s, axes=axes, **keywords)
        if not recorder.active(x):
            return inactive(recorder, value)
        sizes = None if s is None else np.atleast_1d(s).tolist()
        places: Sequence[int] = range(-len(x.shape if sizes is None else sizes), 0)
        if axes is not None:
            places = np.atleast_1d(axes).tolist()
        for axis, n in zip(places, sizes or [None] * len(places), strict=True):
            x = _through(single, x, None if n == -1 else n, axis, keywords)
        return patched(recorder, x, value)

    return entry


def _packed(name: str) -> Entry:
    """``scipy.fftpack.rfft`` and ``irfft``, whose results are real numbers in pairs."""

    def entry(recorder: Recorder, x: Any, n: Any = None, axis: int = -1, overwrite_x: Any = False) -> Any:
        x = as_array(recorder, x)
        value = _scipy(name)(recorder.number(x), n, axis)
        if not recorder.active(x):
            return inactive(recorder, value)
        return patched(recorder, _through(name, x, n, axis, {}), value)

    return entry


def _given(**keywords: Any) -> dict[str, Any]:
    return {name: value for name, value in keywords.items() if value is not None}


_FORWARD, _INVERSE = fourier.whole_axis(inverse=False), fourier.whole_axis(inverse=True)
_SINGLE: dict[str, tuple[Any, Any]] = {
    "fft": (_FORWARD, fourier.same_length),
    "ifft": (_INVERSE, fourier.same_length),
    "rfft": (fourier.half, fourier.same_length),
    "irfft": (fourier.whole, fourier.real_length),
    "hfft": (fourier.hermitian, fourier.real_length),
    "ihfft": (fourier.inverse_hermitian, fourier.same_length),
}
_MULTIPLE: dict[str, Any] = {
    "fft": fourier.forward_axes,
    "ifft": fourier.backward_axes,
    "rfft": fourier.real_forward,
    "irfft": fourier.real_backward,
    "hfft": _hermitian_axes,
    "ihfft": _inverse_hermitian_axes,
}
_ENDS_REAL = ("irfft", "hfft")
_REAL = ("dct", "idct", "dst", "idst")

ENTRIES: dict[str, Entry] = {
    **{f"scipy.fft.{name}": _one_axis(f"scipy.fft.{name}", *made) for name, made in _SINGLE.items()},
    **{
        f"scipy.fft.{name}{end}": _several(f"scipy.fft.{name}{end}", steps, default, ends_real=name in _ENDS_REAL)
        for name, steps in _MULTIPLE.items()
        for end, default in (("2", (-2, -1)), ("n", None))
    },
    **{f"scipy.{room}.{name}": _linear(f"scipy.{room}.{name}") for room in ("fft", "fftpack") for name in _REAL},
    **{f"scipy.fft.{name}n": _linear_axes(f"scipy.fft.{name}n") for name in _REAL},
    **{f"scipy.fft.{name}": _shift(f"scipy.fft.{name}") for name in ("fftshift", "ifftshift")},
    **{f"scipy.fft.{name}": _frequencies(f"scipy.fft.{name}") for name in ("fftfreq", "rfftfreq")},
    "scipy.fftpack.fft": _legacy_axis("scipy.fftpack.fft", _FORWARD),
    "scipy.fftpack.ifft": _legacy_axis("scipy.fftpack.ifft", _INVERSE),
    "scipy.fftpack.rfft": _packed("scipy.fftpack.rfft"),
    "scipy.fftpack.irfft": _packed("scipy.fftpack.irfft"),
    **{
        f"scipy.fftpack.{name}{end}": _legacy_axes(f"scipy.fftpack.{name}{end}", _MULTIPLE[name], default)
        for name in ("fft", "ifft")
        for end, default in (("2", (-2, -1)), ("n", None))
    },
}
