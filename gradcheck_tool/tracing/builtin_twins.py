"""Recording twins of `float`, `int` and `type`: types whose instances and subclasses are those of the original."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np

from gradcheck_tool.tracing import construct
from gradcheck_tool.tracing.dispatch import Recording, to_number


class _Disguise(type):
    """The metaclass of twin types: instances, subclasses and equality are those of the original."""

    original: type

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, cls.original)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(getattr(subclass, "original", subclass), cls.original)

    def __eq__(cls, other: object) -> bool:
        return other is cls.original or (
            isinstance(type(other), type) and getattr(other, "original", None) is cls.original
        )

    def __hash__(cls) -> int:
        return hash(cls.original)

    def __getattr__(cls, name: str) -> Any:
        return getattr(cls.original, name)


def float_twin(recorder: Recording) -> type:
    """`float` that keeps the record. A subclass of np.float64, so that ``dtype=float`` still means float64."""

    def make(cls: Any, x: Any = 0.0) -> Any:
        if type(x) is recorder.Scalar or (type(x) is recorder.Array and recorder.active(x)):
            return to_number(recorder, x, float)
        return float(x)

    return _Disguise("float", (np.float64,), {"original": float, "__new__": make})


def int_twin(recorder: Recording) -> type:
    """`int` that takes the plain value of a recorded number, which is then a decision and no derivative."""

    def make(cls: Any, x: Any = 0, *base: Any) -> int:
        return int(recorder.number(x) if type(x) is recorder.Array and not recorder.active(x) else x, *base)

    return _Disguise("int", (np.int64,), {"original": int, "__new__": make})


def type_twin(recorder: Recording, kinds: dict[type, type]) -> Any:
    """`type` that answers with the class of the plain value, spelled as the user's code now spells it."""

    class TypeTwin(type):
        """`type` itself, for everything but the question what one object is."""

        def __call__(cls, *args: Any, **keywords: Any) -> Any:
            if len(args) == 1:
                kind = builtins.type(recorder.number(args[0]))
                return kinds.get(kind, kind)
            return builtins.type(*args, **keywords)

        def __instancecheck__(cls, instance: Any) -> bool:
            return isinstance(instance, builtins.type)

        def __eq__(cls, other: object) -> bool:
            return other is builtins.type or other is cls

        def __hash__(cls) -> int:
            return hash(builtins.type)

    return TypeTwin("type", (), {})


def float64_twin(recorder: Recording) -> type:
    """``np.float64`` that keeps the record; given an array, it is a conversion of the array."""

    def make(cls: Any, x: Any = 0.0) -> Any:
        if type(x) is recorder.Scalar:
            return to_number(recorder, x, np.float64)
        if type(x) is recorder.Array:
            return (
                construct.copied(recorder, x, np.array(x.value, dtype=float))
                if x.ndim
                else to_number(recorder, x, np.float64)
            )
        if construct.holds_recorded(x):
            return recorder.array(x)
        return np.float64(x)

    return _Disguise("float64", (np.float64,), {"original": np.float64, "__new__": make})
