"""The recorder that answers: what recorded numbers and arrays ask for, sent to the room that knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.tracing import (
    complex_ufuncs,
    construct,
    contractions,
    functions,
    indexing,
    moving,
    products,
    subscripts,
    ufunc_methods,
    ufuncs,
    writes,
)
from gradcheck_tool.tracing.arrays import array_class
from gradcheck_tool.tracing.audit import blamed_method
from gradcheck_tool.tracing.complex_numbers import complex_class
from gradcheck_tool.tracing.flat import Flat
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.scalars import scalar_class
from gradcheck_tool.tracing.trace import Constant

_MEMORY = frozenset(("data", "ctypes"))  # ways to an array's bytes

CONTRACTING: dict[str, Callable[..., Any]] = {
    "matmul": contractions.matmul,
    "vecdot": subscripts.vectors(np.vecdot, "...i,...i->...", conjugated=True),
    "matvec": subscripts.vectors(np.matvec, "...ij,...j->...i"),
    "vecmat": subscripts.vectors(np.vecmat, "...i,...ij->...j", conjugated=True),
    "clip": functions.COMPOSED[np.clip],
}


class Recording(Recorder):
    """A recorder with the classes of its values and everything they can be asked."""

    def __init__(self) -> None:
        super().__init__()
        self.Scalar = scalar_class(self)
        self.Array = array_class(self)
        self.Complex = complex_class(self)

    def ufunc(self, ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call a ufunc, or one of its methods, on recorded values."""
        if self.has_inner:
            for x in (*inputs, *keywords.values()):
                if self.is_inner(x):
                    return NotImplemented
        if method == "__call__":
            special = CONTRACTING.get(ufunc.__name__)
            if special is None:
                return ufuncs.call(self, ufunc, inputs, dict(keywords))
            if ufunc is np.vecdot and set(keywords) == {"axis"}:
                return products.vecdot(self, *inputs, **keywords)
            for name in keywords.keys() - {"out"}:
                raise ufuncs.refusal(f"{name}= of numpy.{ufunc.__name__}")
            return functions.into(self, keywords.get("out"), special(self, *inputs), f"numpy.{ufunc.__name__}")
        rest = {name: x for name, x in keywords.items() if name != "out"}
        result = ufunc_methods.method(self, ufunc, method, inputs, rest)
        return functions.into(self, keywords.get("out"), result, f"numpy.{ufunc.__name__}.{method}")

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

    def word(self, name: str, operands: tuple[Any, ...]) -> Any:
        """A word of a rule on recorded values."""
        numbers = tuple(self.number(x) for x in operands)
        flags = tuple(self.active(x) for x in operands)
        return ufuncs.elementwise(self, name, operands, numbers, flags, ARRAY[name](*numbers))

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
        if name in _MEMORY and self.active(value):
            raise ufuncs.refusal(f"the memory of an array, .{name},", "use the array itself")
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
    number: Any = np.asarray(recorder.number(a))
    plain = number.astype(dtype, *_rest, copy=copy, **keywords)  # NumPy judges the arguments
    if type(a) is not recorder.Array:
        return to_number(recorder, a, np.dtype(dtype).type)
    return a if plain is a.value else construct.copied(recorder, a, plain)


def to_number(recorder: Recorder, x: Any, kind: Any) -> Any:
    """A recorded number, or array of one element, as a number of the class `kind`."""
    number = recorder.number(x)
    value = kind(number)  # NumPy's complex numbers drop their imaginary part here, and warn
    if is_complex(number) != is_complex(value) and recorder.active(x):
        x = complex_ufuncs.part(recorder, x, "real") if is_complex(number) else complex_ufuncs.embedded(recorder, x)
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
    return a if type(a) is not recorder.Array else construct.copied(recorder, a, a.value.copy(order))


def _item(recorder: Recorder, a: Any, *place: Any) -> Any:
    value = recorder.number(a).item(*(recorder.number(k) for k in place))  # NumPy judges the place
    if type(a) is recorder.Array:
        one = len(place) == 1 and not isinstance(place[0], tuple)
        a = a[place[0] if len(place) == 1 else place] if place and not one else np.ravel(a)[place[0] if place else 0]
    return recorder.wrap(value, a.line) if recorder.active(a) else value


def _tolist(recorder: Recorder, a: Any) -> Any:
    if type(a) is not recorder.Array or a.ndim == 0:
        return _item(recorder, a)
    kind = complex if a.value.dtype.kind == "c" else float
    return [
        _tolist(recorder, part) if np.ndim(recorder.number(part)) else to_number(recorder, part, kind) for part in a
    ]


def _sort_in_place(recorder: Recorder, a: Any, axis: int = -1, kind: Any = None, order: Any = None) -> None:
    a[...] = functions.COMPOSED[np.sort](recorder, a, axis, kind, order)


def _partition_in_place(recorder: Recorder, a: Any, kth: Any, axis: int = -1, kind: str = "introselect") -> None:
    a[...] = functions.record(recorder, np.partition, (a, kth), {"axis": axis, "kind": kind})


def _fill(recorder: Recorder, a: Any, value: Any) -> None:
    if np.size(recorder.number(value)) != 1:
        raise ValueError("setting an array element with a sequence.")
    a[...] = value


def _is_integer(recorder: Recorder, a: Any) -> bool:
    whole = float(recorder.number(a)).is_integer()
    recorder.guard("int", recorder.operand(a), Constant(round(a.value) if whole else np.floor(a.value)), held=True)
    return whole


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
    "partition": _partition_in_place,
    "put": lambda recorder, a, indices, values, mode="raise": writes.put(recorder, a, indices, values, mode),
    "clip": lambda recorder, a, min=None, max=None, **kw: functions.record(recorder, np.clip, (a, min, max), kw),  # noqa: A006 - NumPy's names
    "compress": lambda recorder, a, condition, axis=None, **kw: functions.record(
        recorder, np.compress, (condition, a), {"axis": axis, **kw}
    ),
    "is_integer": _is_integer,
    "view": _refuse_view,
}  # fmt: skip
PROPERTIES: dict[str, Callable[[Recorder, Any], Any]] = {
    "T": lambda _recorder, a: a,
    "mT": lambda _recorder, a: np.matrix_transpose(a),
    "real": lambda recorder, a: complex_ufuncs.part(recorder, a, "real") if is_complex(a) else a,
    "imag": lambda recorder, a: complex_ufuncs.part(recorder, a, "imag") if is_complex(a) else a.value.imag,
    "flat": Flat,
}
