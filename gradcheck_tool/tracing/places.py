"""Places that hold a reference: entries of namespaces and containers, cells, attributes, defaults.

Each can say what it holds, whether it still holds something, and hold something else.
"""

from __future__ import annotations

import functools
from types import CellType
from typing import Any, Protocol

ABSENT: Any = object()


class Place(Protocol):
    """One place."""

    def read(self) -> Any:
        """What stands there; `ABSENT` for nothing."""

    def holds(self, x: Any) -> bool:
        """Whether exactly that stands there."""

    def write(self, x: Any) -> None:
        """Put x there; `ABSENT` for nothing."""


class _Place:
    """A place is a container and where in it."""

    __slots__ = ("holder", "key")

    def __init__(self, holder: Any, key: Any = None) -> None:
        self.holder = holder
        self.key = key

    def read(self) -> Any:
        raise NotImplementedError

    def holds(self, x: Any) -> bool:
        return self.read() is x


class Key(_Place):
    """An entry of a dict: a global, a keyword default, an attribute of an instance."""

    __slots__ = ()

    def read(self) -> Any:
        return self.holder.get(self.key, ABSENT)

    def holds(self, x: Any) -> bool:
        return self.holder.get(self.key, ABSENT) is x

    def write(self, x: Any) -> None:
        if x is ABSENT:
            self.holder.pop(self.key, None)
        else:
            self.holder[self.key] = x


class Item(_Place):
    """An element of a list."""

    __slots__ = ()

    def read(self) -> Any:
        return self.holder[self.key] if self.key < len(self.holder) else ABSENT

    def write(self, x: Any) -> None:
        self.holder[self.key] = x


class Cell(_Place):
    """A variable of an enclosing function."""

    __slots__ = ()
    holder: CellType

    def read(self) -> Any:
        try:
            return self.holder.cell_contents
        except ValueError:
            return ABSENT

    def write(self, x: Any) -> None:
        self.holder.cell_contents = x


class Attribute(_Place):
    """An attribute of a class."""

    __slots__ = ()

    def read(self) -> Any:
        return vars(self.holder).get(self.key, ABSENT)

    def write(self, x: Any) -> None:
        setattr(self.holder, self.key, x)


class Slot(_Place):
    """An attribute of one instance of a class with slots; the key is the descriptor of the slot."""

    __slots__ = ()

    def read(self) -> Any:
        try:
            return self.key.__get__(self.holder)
        except AttributeError:
            return ABSENT

    def write(self, x: Any) -> None:
        self.key.__set__(self.holder, x)


class Defaults(_Place):
    """The default values of a function, as one tuple."""

    __slots__ = ()
    holder: Any

    def read(self) -> Any:
        return self.holder.__defaults__

    def write(self, x: Any) -> None:
        self.holder.__defaults__ = x


class State(_Place):
    """What a partial holds: function, arguments, keywords, attributes."""

    __slots__ = ()
    holder: functools.partial[Any]

    def read(self) -> Any:
        return self.holder.__reduce__()[2]  # the documented state of a partial

    def holds(self, x: Any) -> bool:
        now = self.read()
        return now[0] is x[0] and all(a is b for a, b in zip(now[1], x[1], strict=False)) and now[2] is x[2]

    def write(self, x: Any) -> None:
        self.holder.__setstate__(x)  # type: ignore[attr-defined]  # the counterpart of __reduce__


class Length(_Place):
    """How many entries a container has: nothing to exchange, but new ones must be noticed."""

    __slots__ = ()

    def read(self) -> Any:
        return len(self.holder)

    def holds(self, x: Any) -> bool:
        return bool(len(self.holder) == x)

    def write(self, x: Any) -> None:
        raise NotImplementedError
