"""The recorder that answers: what recorded numbers and arrays ask for, sent to the room that knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing import construct, contractions, functions, indexing, moving, reductions, ufuncs
from gradcheck_tool.tracing.arrays import array_class
from gradcheck_tool.tracing.audit import blamed_method
from gradcheck_tool.tracing.flat import Flat
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.scalars import scalar_class

_FOLDED: dict[Any, Callable[..., Any]] = {
    (np.add, "reduce"): lambda recorder, a, axis=0, **kw: reductions.sum_(recorder, a, axis, **kw),
    (np.multiply, "reduce"): lambda recorder, a, axis=0, **kw: reductions.prod(recorder, a, axis, **kw),
    (np.maximum, "reduce"): lambda recorder, a, axis=0, **kw: functions.TABLE[np.max](recorder, a, axis, **kw),
    (np.minimum, "reduce"): lambda recorder, a, axis=0, **kw: functions.TABLE[np.min](recorder, a, axis, **kw),
    (np.add, "accumulate"): lambda recorder, a, axis=0, **kw: reductions.cumsum(recorder, a, axis, **kw),
    (np.multiply, "accumulate"): lambda recorder, a, axis=0, **kw: reductions.cumprod(recorder, a, axis, **kw),
}


def _vectors(text: str) -> Callable[..., Any]:
    return lambda recorder, a, b: contractions.einsum(recorder, text, a, b)


_CONTRACTING: dict[str, Callable[..., Any]] = {
    "matmul": contractions.matmul,
    "vecdot": _vectors("...i,...i->..."),
    "matvec": _vectors("...ij,...j->...i"),
    "vecmat": _vectors("...i,...ij->...j"),
    "clip": functions.COMPOSED[np.clip],
}


class Recording(Recorder):
    """A recorder with the classes of its values and everything they can be asked."""

    def __init__(self) -> None:
        super().__init__()
        self.Scalar = scalar_class(self)
        self.Array = array_class(self)

    def ufunc(self, ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call a ufunc, or one of its methods, on recorded values."""
        if self.has_inner:
            for x in (*inputs, *keywords.values()):
                if self.is_inner(x):
                    return NotImplemented
        if method == "__call__":
            special = _CONTRACTING.get(ufunc.__name__)
            if special is None:
                return ufuncs.call(self, ufunc, inputs, dict(keywords))
            for name in keywords.keys() - {"out"}:
                raise ufuncs.refusal(f"{name}= of numpy.{ufunc.__name__}")
            return functions.into(self, keywords.get("out"), special(self, *inputs), f"numpy.{ufunc.__name__}")
        folded = _FOLDED.get((ufunc, method))
        if folded is not None:
            given = {name: x for name, x in keywords.items() if name != "out"}
            name = f"numpy.{ufunc.__name__}.{method}"
            return functions.into(self, keywords.get("out"), folded(self, *inputs, **given), name)
        if method == "outer" and not keywords:
            a, b = (reductions.as_array(self, x) for x in inputs)
            return ufuncs.call(self, ufunc, (np.reshape(a, (*np.shape(a), *(1,) * np.ndim(b))), b), {})
        if method == "at" and ufunc in (np.add, np.subtract):
            return self._add_at(ufunc, *inputs)
        raise ufuncs.refusal(f"numpy.{ufunc.__name__}.{method}")

    def _add_at(self, ufunc: np.ufunc, target: Any, key: Any, new: Any) -> None:
        """``np.add.at``: duplicates count every time, so the additions are gathered before the write."""
        places = np.arange(target.size).reshape(target.shape)[key]
        terms = np.broadcast_to(new, places.shape)
        flat = np.ravel(terms)
        spread = np.zeros((target.size, places.size))
        spread[places.ravel(), np.arange(places.size)] = 1.0
        moved = np.reshape(contractions.matmul(self, spread, flat), target.shape)
        target[...] = target + moved if ufunc is np.add else target - moved

    def function(self, function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call a NumPy function on recorded values."""
        if self.has_inner:
            for x in (*args, *keywords.values()):
                if self.is_inner(x):
                    return NotImplemented
        return functions.record(self, function, args, keywords)

    def getitem(self, array: Any, key: Any) -> Any:
        """Read an array by any index."""
        return indexing.getitem(self, array, key)

    def array(self, nest: Any) -> Any:
        """Turn a list of recorded values into an array."""
        return construct.array(self, nest)

    def attribute(self, value: Any, name: str) -> Any:
        """An attribute or method of a plain number or array, on a recorded one."""
        method = METHODS.get(name)
        if method is not None:

            def bound(*args: Any, **keywords: Any) -> Any:
                try:
                    return method(self, value, *args, **keywords)
                except functions.STUMBLES as error:
                    raise blamed_method(self, value, name, args, keywords) from error

            return bound
        if name in PROPERTIES:
            return PROPERTIES[name](self, value)
        plain = getattr(self.number(value), name)  # raises as the plain value would
        if callable(plain):
            raise ufuncs.refusal(f"the array method .{name}()")
        return plain


def _numpy(name: str) -> Callable[..., Any]:
    function = getattr(np, name)
    if isinstance(function, np.ufunc):
        return lambda recorder, a, *args, **kw: recorder.ufunc(function, "__call__", (a, *args), kw)
    return lambda recorder, a, *args, **kw: functions.record(recorder, function, (a, *args), kw)


def _shape_arguments(shape: tuple[Any, ...]) -> Any:
    return shape[0] if len(shape) == 1 else shape


def _reshape(recorder: Recorder, a: Any, *shape: Any, order: str = "C", **keywords: Any) -> Any:
    for name in keywords:
        raise ufuncs.refusal(f"{name}= of reshape")
    return moving.structural(recorder, np.reshape, a, _shape_arguments(shape), order=order)


def _transpose(recorder: Recorder, a: Any, *axes: Any) -> Any:
    return moving.structural(recorder, np.transpose, a, _shape_arguments(axes) if axes else None)


def _astype(recorder: Recorder, a: Any, dtype: Any, *_rest: Any, copy: Any = True, **keywords: Any) -> Any:
    del copy
    for name in keywords.keys() - {"casting", "order", "subok"}:
        raise ufuncs.refusal(f"{name}= of astype")
    if type(a) is recorder.Scalar:
        return to_number(recorder, a, np.dtype(dtype).type)
    return construct.copied(recorder, a, np.array(a.value, dtype=dtype))


def to_number(recorder: Recorder, x: Any, kind: Any) -> Any:
    """A recorded number, or array of one element, as a number of the class `kind`."""
    value = kind(recorder.number(x))
    if isinstance(value, int | np.integer):
        return int(x)
    if not recorder.active(x):
        return value
    if type(x) is recorder.Array:
        if x.size != 1:
            raise TypeError("only 0-dimensional arrays can be converted to Python scalars")
        x = x[(0,) * x.ndim] if x.ndim else recorder.item(recorder.line(x), (), (), value)
    if type(value) in (np.float32, np.float16) and value != x.value:
        return recorder.emit("pos", x.line, None, value, 1)
    return recorder.wrap(value, x.line)


def _copy(recorder: Recorder, a: Any, order: Any = "C") -> Any:
    # The method copies into C order, np.copy keeps the order: a later reshape is a view or not accordingly.
    return a if type(a) is recorder.Scalar else construct.copied(recorder, a, a.value.copy(order))


def _item(recorder: Recorder, a: Any, *place: Any) -> Any:
    value = recorder.number(a).item(*(recorder.number(k) for k in place))  # NumPy judges the place
    if type(a) is recorder.Array:
        one = len(place) == 1 and not isinstance(place[0], tuple)
        a = a[place[0] if len(place) == 1 else place] if place and not one else np.ravel(a)[place[0] if place else 0]
    return recorder.wrap(value, a.line) if recorder.active(a) else value


def _tolist(recorder: Recorder, a: Any) -> Any:
    if type(a) is recorder.Scalar or a.ndim == 0:
        return _item(recorder, a)
    return [
        _tolist(recorder, part) if np.ndim(recorder.number(part)) else to_number(recorder, part, float) for part in a
    ]


def _sort_in_place(recorder: Recorder, a: Any, axis: int = -1, kind: Any = None, order: Any = None) -> None:
    a[...] = functions.COMPOSED[np.sort](recorder, a, axis, kind, order)


def _fill(recorder: Recorder, a: Any, value: Any) -> None:
    if np.size(recorder.number(value)) != 1:
        raise ValueError("setting an array element with a sequence.")
    a[...] = value


def _refuse_view(recorder: Recorder, a: Any, *kinds: Any, **keywords: Any) -> Any:
    recorder.number(a).view(*kinds, **keywords)
    raise ufuncs.refusal("the array method .view()", "use astype or a slice")


METHODS: dict[str, Callable[..., Any]] = {
    **{
        name: _numpy(name)
        for name in (
            "sum", "mean", "prod", "max", "min", "cumsum", "cumprod", "var", "std", "dot", "ravel", "squeeze",
            "swapaxes", "repeat", "take", "diagonal", "trace", "argmax", "argmin", "argsort", "any", "all", "nonzero",
            "round", "choose", "searchsorted", "conj", "conjugate",
        )
    },
    "copy": _copy,
    "reshape": _reshape,
    "transpose": _transpose,
    "flatten": lambda recorder, a, order="C": construct.copied(
        recorder, moving.structural(recorder, np.ravel, a, order)
    ),
    "astype": _astype,
    "item": _item,
    "tolist": _tolist,
    "fill": _fill,
    "sort": _sort_in_place,
    "clip": lambda recorder, a, min=None, max=None, **kw: functions.record(recorder, np.clip, (a, min, max), kw),  # noqa: A006 - NumPy's names
    "compress": lambda recorder, a, condition, axis=None, **kw: functions.record(
        recorder, np.compress, (condition, a), {"axis": axis, **kw}
    ),
    "is_integer": lambda recorder, a: float(recorder.number(a)).is_integer(),
    "view": _refuse_view,
}  # fmt: skip
PROPERTIES: dict[str, Callable[[Recorder, Any], Any]] = {
    "T": lambda _recorder, a: a,
    "mT": lambda _recorder, a: np.matrix_transpose(a),
    "real": lambda _recorder, a: a,
    "imag": lambda recorder, a: ufuncs.inactive(recorder, np.array(recorder.number(a).imag)[()]),
    "flat": Flat,
}
