"""Tells whether a derivative is right, and if not, what is wrong with it.

The public door. Everything behind it is loaded when it is first used, so that
``gradcheck --help`` pays for neither NumPy nor SymPy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradcheck_tool.checking import check
    from gradcheck_tool.complaint import CannotFollow, Complaint, DerivativeWarning
    from gradcheck_tool.derivatives import gradient, hessian, jacobian, jvp, trace, value_and_gradient, vjp
    from gradcheck_tool.report.record import Report

__version__ = "0.1.0"

__all__ = [
    "CannotFollow",
    "Complaint",
    "DerivativeWarning",
    "Report",
    "__version__",
    "check",
    "gradient",
    "hessian",
    "jacobian",
    "jvp",
    "trace",
    "value_and_gradient",
    "vjp",
]

_DOORS = {
    "check": "gradcheck_tool.checking",
    "Report": "gradcheck_tool.report.record",
    **dict.fromkeys(("CannotFollow", "Complaint", "DerivativeWarning"), "gradcheck_tool.complaint"),
    **dict.fromkeys(
        ("gradient", "hessian", "jacobian", "jvp", "trace", "value_and_gradient", "vjp"), "gradcheck_tool.derivatives"
    ),
}


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - not part of the door

    found = getattr(import_module(_DOORS[name]), name)
    globals()[name] = found  # the next look-up does not come here
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
