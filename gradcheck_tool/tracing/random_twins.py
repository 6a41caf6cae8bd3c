"""Recording twins of ``numpy.random``: what is drawn is constant, and can be written into like any other array."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import construct
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorded

_MAKERS = ("default_rng", "Generator", "RandomState")
_PICKING = ("choice", "permutation")  # picks places, then takes what is there
_ORDERED = ("shuffle",)  # written in Python where the argument is no plain array


def random_twins(recorder: Recording) -> dict[str, Any]:
    """Twins of the functions of ``numpy.random`` that draw, and of those that make generators."""
    module: ModuleType = np.random
    changed: dict[str, Any] = {}
    for name, original in vars(module).items():
        if name in _MAKERS:
            changed[name] = _maker(recorder, original)
        elif callable(original) and not isinstance(original, type) and not name.startswith("_"):
            changed[name] = _drawing(recorder, f"numpy.random.{name}", original, np.random)
    return changed


def _maker(recorder: Recording, original: Any) -> Callable[..., Any]:
    @functools.wraps(original, updated=())
    def made(*args: Any, **keywords: Any) -> Any:
        args = tuple(x.generator if type(x) is Generator else x for x in args)
        return Generator(recorder, original(*args, **keywords))

    return made


class Generator:
    """A random generator whose draws are recorded as constants."""

    def __init__(self, recorder: Recording, generator: Any) -> None:
        self._recorder = recorder
        self.generator = generator

    @property  # type: ignore[misc]  # object declares it as an attribute
    def __class__(self) -> type:
        return type(self.generator)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.generator, name)
        label = f"numpy.random.{type(self.generator).__name__}.{name}"
        return _drawing(self._recorder, label, found, self.generator) if callable(found) else found


def _picked(recorder: Recording, name: str, owner: Any, original: Callable[..., Any], args: Any, keywords: Any) -> Any:
    """What is drawn from a recorded array: the same places drawn from its length, once they prove to be the same."""
    array, rest = args[0], args[1:]
    before = copy.deepcopy(_state(owner))
    expected = original(array.value.copy(), *rest, **keywords)
    after = copy.deepcopy(_state(owner))
    _set_state(owner, before)
    places = original(len(array), *rest, **keywords)
    same = np.array_equal(array.value[places], expected) and repr(_state(owner)) == repr(after)
    if any(recorder.active(x) for x in (*rest, *keywords.values())) or not same:
        raise CannotFollow(
            f"{name} with these arguments has no derivative rule here",
            where=here(),
            remedy="draw places with rng.integers or rng.permutation(len(a)), and index with them",
        )
    return array[places]


def _state(owner: Any) -> Any:
    return owner.bit_generator.state if hasattr(owner, "bit_generator") else owner.get_state()


def _set_state(owner: Any, state: Any) -> None:
    if hasattr(owner, "bit_generator"):
        owner.bit_generator.state = state
    else:
        owner.set_state(state)


def _drawing(recorder: Recording, name: str, original: Callable[..., Any], owner: Any) -> Callable[..., Any]:
    @functools.wraps(original, updated=())
    def draw(*args: Any, **keywords: Any) -> Any:
        given = (*args, *keywords.values())
        if any(isinstance(type(x), Recorded) or construct.holds_recorded(x) for x in given):
            if any(recorder.active(x) or issubclass(type(x), list | tuple) for x in given):
                called = name.rpartition(".")[2]
                if called in _ORDERED:
                    return original(*args, **keywords)
                if called in _PICKING and type(args[0]) is recorder.Array:
                    return _picked(recorder, name, owner, original, args, keywords)
                raise CannotFollow(
                    f"{name} draws from values that depend on the inputs, which has no derivative rule here",
                    where=here(),
                    remedy="draw standard numbers first, then shift and scale them: mean + std * rng.normal()",
                )
            args = tuple(recorder.number(x) for x in args)
            keywords = {key: recorder.number(x) for key, x in keywords.items()}
        return construct.kept(recorder, original(*args, **keywords))

    return draw
