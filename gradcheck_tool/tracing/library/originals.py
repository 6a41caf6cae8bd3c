"""The library's own functions, for entries that let them find the value."""

from __future__ import annotations

import importlib
from typing import Any


def original(name: str) -> Any:
    """The function or class behind a dotted public name; its module is loaded, since the user called it."""
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)
