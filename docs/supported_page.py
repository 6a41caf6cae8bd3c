"""The page that lists what is followed, read from the tables of the engine: ``docs/supported.md``."""

from __future__ import annotations

import cmath
import math
import platform
import re
from collections import Counter
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import scipy
import scipy.special

from gradcheck_tool.calculus.catalogue import ROWS, SPELLED
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.tables.elementwise import ELEMENTWISE
from gradcheck_tool.calculus.tables.special import WORDS
from gradcheck_tool.tracing.choices import DISCRETE, ORDERING
from gradcheck_tool.tracing.dispatch import CONTRACTING, Recording
from gradcheck_tool.tracing.functions import COMPOSED, TABLE
from gradcheck_tool.tracing.library import entries
from gradcheck_tool.tracing.twins import Twins
from gradcheck_tool.tracing.ufuncs import DECISIONS

MODULES: tuple[ModuleType, ...] = (np, np.linalg, np.fft, math, cmath, scipy.special, scipy.linalg, scipy.fft)
KINDS = {
    "rule": "has a rule of its own",
    "composition": "recorded as a composition of rules; the value is NumPy's own",
    "source": "NumPy's own Python source is recorded, and its value compared with NumPy's",
    "decision": "gives a position, a truth value or a whole number: a decision of the run, no derivative",
    "constructor": "makes an array that stays recorded",
    "refused": "refused by name, with the line and a remedy, when a recorded value reaches it",
}
SPLITTING = (np.divmod, np.modf, np.frexp)  # a whole part and the rest
BOTH, ALL = "forward, reverse", "forward, reverse, Hessian"
# Neither numbers nor arrays to be differentiated come in: files, types, printing, settings, testing.
ASIDE = re.compile(
    r"^(save|load|savez|fromfile|fromregex|genfromtxt|memmap|test|show_|info|(set|get)_?print|printoptions|(set|get)err"
    r"|errstate|(set|get)bufsize|geterrcall|seterrcall|get_include|finfo|iinfo|dtype|ufunc|.*_$|.*dtype|typename|.*_type$"
    r"|can_cast|datetime|busday|is_busday|nested_iters|mintypecode|from_dlpack|base_repr|binary_repr|format_float|require"
    r"|array(2string|_str|_repr)|chararray|bmat|asmatrix|matrix$|recarray|record|rec|iterable|isfortran|u?int|long|short"
    r"|byte|bool|complex|c?double|single|half|float|c?longdouble|ulonglong|object|str|bytes|void|character|flexible"
    r"|generic|number|integer|signed|unsigned|inexact|floating|timedelta|savetxt|loadtxt|frombuffer|fromstring|errprint"
    r"|set_(global_)?backend|register_|skip_backend|get_workers|set_workers|next_fast_len|prev_fast_len)"
)


def supported() -> Iterator[str]:
    """Every function of NumPy, math, cmath and parts of SciPy: how it is followed, in which modes."""
    twins = Twins(Recording())
    tables = {module: list(_rows(module, twins)) for module in MODULES}
    counts = Counter(kind for rows in tables.values() for _, kind, _, _ in rows)
    yield from (
        "# What is followed\n",
        "<!-- Written by docs/generate.py from the code; change it there. -->\n",
        f"Made with {versions()}. The page lists functions by name; operators, indexing and methods of arrays follow",
        "the functions of the same name. A keyword or an argument without a rule is refused by name as well.\n",
        "| how | what it means | functions |",
        "|---|---|---|",
        *(f"| {kind} | {meaning} | {counts[kind]} |" for kind, meaning in KINDS.items()),
    )
    for module, rows in tables.items():
        yield f"\n## {module.__name__}\n\n| function | how | modes | as |\n|---|---|---|---|"
        yield from (f"| `{name}` | {kind} | {modes} | {form} |" for name, kind, modes, form in rows)


def versions() -> str:
    """What the lists of names depend on."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"Python {python}, NumPy {np.__version__}, SciPy {scipy.__version__}"


def _rows(module: ModuleType, twins: Twins) -> Iterator[tuple[str, str, str, str]]:
    for name in sorted(vars(module) if module is not scipy.special else module.__all__, key=str.lower):
        found = getattr(module, name)
        public = not name.startswith("_") and callable(found) and not ASIDE.match(name)
        if public and not (isinstance(found, type) and issubclass(found, BaseException | Warning)):
            yield (name, *_status(f"{module.__name__}.{name}", found, twins))


def _status(name: str, function: Any, twins: Twins) -> tuple[str, str, str]:  # noqa: PLR0911 - one kind, one line
    row = SPELLED.get(name, SPELLED.get(_canonical(function), SPELLED.get(f"{name}[0]")))
    if row is not None and isinstance(ROWS[row], Elementwise):
        return "rule", _modes(ROWS[row].name), f"`{ROWS[row].name}`"
    if function in DECISIONS or function in DISCRETE or function in ORDERING:
        return "decision", "", ""
    if isinstance(function, np.ufunc) and (function.__name__ in CONTRACTING or function.nout > 1):
        several = all(f"{name}[{k}]" in SPELLED for k in range(function.nout))
        followed = function.__name__ in CONTRACTING or function in SPLITTING or several
        return ("rule", ALL, "") if followed else ("refused", "", "")
    if _hashable(function) and function in TABLE:
        decides = TABLE[function].__qualname__.startswith(("_discrete", "_ordering", "_true", "_comparing", "isin"))
        return ("decision", "", "") if decides else ("rule", ALL, "")
    if _hashable(function) and function in COMPOSED:
        return "composition", ALL, ""
    if name in entries():
        return "composition", ALL, ""
    twin = twins.of.get(id(function))
    if twin is not None and hasattr(function, "_implementation"):
        source = hasattr(function._implementation, "__code__")  # noqa: SLF001 - NumPy's own name for it
        return ("source", ALL, "") if source else ("refused", "", "")
    if twin is not None and not isinstance(function, np.ufunc):
        return ("constructor", ALL, "") if name.startswith("numpy") else ("rule", ALL, "")
    return "refused", "", ""


def _canonical(function: Any) -> str:
    return f"numpy.{function.__name__}" if isinstance(function, np.ufunc) else ""


def _hashable(function: Any) -> bool:
    return type(function).__hash__ is not None


def _modes(name: str) -> str:
    """Second derivatives exist where every word of the partials has partials of its own."""
    words = {row.name: row for row in (*ELEMENTWISE, *WORDS)}
    mentioned = {word for text in words[name].partials for word in re.findall(r"[a-z]\w*(?=\()", text)}
    closed = all("-" not in words[word].partials for word in mentioned if word in words)
    return ALL if closed else BOTH
