"""Recording twins of `float`, `int` and `type`: types whose instances and subclasses are those of the original."""

from __future__ import annotations

import builtins
import sys
from types import FunctionType
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import construct
from gradcheck_tool.tracing.dispatch import Recording, to_number
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.text import read, refuse_text


class Disguised(type):
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
        if type(x) in (recorder.Scalar, recorder.Complex) or (type(x) is recorder.Array and recorder.active(x)):
            return to_number(recorder, x, float)
        if type(x) is str:
            return read(recorder, x) if recorder.texts else float(x)
        own = getattr(type(x), "__float__", None)
        if isinstance(own, FunctionType):  # a class of the user's, which may hold a recorded number
            value = own(x)
            return to_number(recorder, value, float) if isinstance(type(value), Recorded) else float(value)
        return float(x)

    return Disguised("float", (np.float64,), {"original": float, "__new__": make})


def int_twin(recorder: Recording) -> type:
    """`int` that takes the plain value of a recorded number, which is then a decision and no derivative."""

    def make(cls: Any, x: Any = 0, *base: Any) -> int:
        if recorder.texts and type(x) is str and not base:
            read(recorder, x)
        return int(recorder.number(x) if type(x) is recorder.Array and not recorder.active(x) else x, *base)

    return Disguised("int", (np.int64,), {"original": int, "__new__": make})


def eval_twin(recorder: Recording) -> Any:
    """`eval` in the user's frame, but not of text in which recorded values were written."""

    def evaluating(source: Any, /, *spaces: Any) -> Any:
        refuse_text(recorder, "eval()", source)
        frame = sys._getframe(1)  # noqa: SLF001 - eval looks names up where it is called
        return eval(source, *(spaces or (frame.f_globals, frame.f_locals)))  # noqa: S307 - the user's own call

    return evaluating


def bytes_twin(recorder: Recording, original: type) -> type:
    """`memoryview`, `bytes` or `bytearray`: the bare memory of an array, which carries no record."""

    def make(_cls: Any, x: Any = b"", *rest: Any) -> Any:
        if isinstance(type(x), Recorded):
            if recorder.active(x):
                raise CannotFollow(
                    f"{original.__name__}() takes the bare memory of an array here, and its derivative would be lost",
                    where=here(),
                    remedy="use the array itself",
                )
            x = recorder.number(x)
        return original(x, *rest)

    return Disguised(original.__name__, (), {"original": original, "__new__": make})


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
        if type(x) is recorder.Scalar or type(x) is recorder.Complex:
            return to_number(recorder, x, np.float64)
        if type(x) is recorder.Array:
            return (
                construct.copied(recorder, x, np.array(x.value, dtype=float))
                if x.ndim
                else to_number(recorder, x, np.float64)
            )
        if construct.holds_recorded(x):
            return construct.converted(recorder, x, lambda plain: np.array(plain, dtype=float))
        return np.float64(read(recorder, x) if recorder.texts and type(x) is str else x)

    return Disguised("float64", (np.float64,), {"original": np.float64, "__new__": make})
