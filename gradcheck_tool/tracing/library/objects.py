"""Classes and objects of a library: they pass for what they stand for, and hear recorded values in their methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gradcheck_tool.tracing.library import entries
from gradcheck_tool.tracing.library.naming import object_names, public_name

if TYPE_CHECKING:
    from gradcheck_tool.tracing.library.twins import LibraryTwins


def class_twin(twins: LibraryTwins, original: type) -> Any:
    """A class whose instances and subclasses are those of the original, and whose calls go through `twins`."""
    name = public_name(original)

    class Twin(type):
        def __instancecheck__(cls, instance: Any) -> bool:
            return isinstance(instance, original)

        def __subclasscheck__(cls, subclass: type) -> bool:
            return issubclass(subclass, original)

        def __call__(cls, *args: Any, **keywords: Any) -> Any:
            return twins.call(name, original, args, keywords)

        def __getattr__(cls, attribute: str) -> Any:
            return getattr(original, attribute)

    return Twin(original.__name__, (), {"__doc__": original.__doc__, "__module__": original.__module__})


class LibraryObject:
    """An object of the library's, whose methods take recorded values by their entries."""

    __slots__ = ("_plain", "_twins")
    __array_ufunc__ = None  # an array on the left leaves the operation to us

    def __init__(self, twins: LibraryTwins, plain: Any) -> None:
        object.__setattr__(self, "_twins", twins)
        object.__setattr__(self, "_plain", plain)

    @property  # type: ignore[misc]  # object declares it as an attribute
    def __class__(self) -> type:  # isinstance answers as for the plain object
        return type(self._plain)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._plain, name)
        if callable(found) and not isinstance(found, type):
            return self._method(name, found)
        return self._twins.kept(found)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._plain, name, value)

    def _method(self, name: str, found: Callable[..., Any]) -> Callable[..., Any]:
        twins, plain = self._twins, self._plain
        known = entries()
        names = [f"{owner}.{name}" for owner in object_names(plain)]
        chosen = next((full for full in names if full in known), names[0])

        def method(*args: Any, **keywords: Any) -> Any:
            return twins.call(chosen, found, args, keywords, plain)

        return method

    def __call__(self, *args: Any, **keywords: Any) -> Any:  # noqa: D102 - what calling the object means
        return self._method("__call__", self._plain)(*args, **keywords)

    def _operator(self, name: str, other: Any) -> Any:
        found = getattr(self._plain, name, None)
        if found is None:
            return NotImplemented
        if type(other) is LibraryObject:
            other = object.__getattribute__(other, "_plain")
        return self._method(name, found)(other)

    def __matmul__(self, other: Any) -> Any:
        return self._operator("__matmul__", other)

    def __rmatmul__(self, other: Any) -> Any:
        return self._operator("__rmatmul__", other)

    def __mul__(self, other: Any) -> Any:
        return self._operator("__mul__", other)

    def __rmul__(self, other: Any) -> Any:
        return self._operator("__rmul__", other)

    def __add__(self, other: Any) -> Any:
        return self._operator("__add__", other)

    def __radd__(self, other: Any) -> Any:
        return self._operator("__radd__", other)

    def __sub__(self, other: Any) -> Any:
        return self._operator("__sub__", other)

    def __truediv__(self, other: Any) -> Any:
        return self._operator("__truediv__", other)

    def __getitem__(self, key: Any) -> Any:
        return self._operator("__getitem__", key)

    def __len__(self) -> int:
        return len(self._plain)

    def __iter__(self) -> Any:
        return iter(self._plain)

    def __repr__(self) -> str:
        return repr(self._plain)
