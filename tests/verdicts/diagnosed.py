"""How well the report explains a wrong gradient: right entries, the mistake that was made, the line that was edited."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from judged import Said

REPAIR = "GC114"
WRAPPER = "model_mutants.py"

# By how a gradient was made wrong: the codes of the stories that tell it. A single edit of the source may also be told
# as a repair of the line it was made in.
ACCEPTED: dict[str, tuple[str, ...]] = {
    "factor one": ("GC101", "GC102", "GC110"),
    "factor all": ("GC102", "GC110"),
    "sign one": ("GC101",),
    "sign all": ("GC101",),
    "zero one": ("GC105",),
    "zero all": ("GC105",),
    "zero block": ("GC105",),
    "nan": ("GC109",),
    "shape": ("GC106",),
    "permuted": ("GC107", "GC108"),
    "transposed": ("GC107", "GC108"),
    "constant": ("GC104",),
    "stale": ("GC208",),
    "dropped term": ("GC104", "GC105", "GC112"),
    "plus for minus": ("GC101", "GC104"),
    "lost minus": ("GC101",),
    "dropped factor": ("GC102", "GC103"),
    "dropped divisor": ("GC102", "GC103"),
    "function": ("GC111",),
    "power": ("GC102", "GC103", "GC111"),
    "branch": ("GC112",),
}
ADDED = "constant"  # in numbers an offset, in the source a constant times 1.001
SCALED = ("GC102", "GC110")


@dataclass
class Figures:
    n: int = 0
    entries: int = 0
    entries_of: int = 0
    kind: int = 0
    line: int = 0
    line_of: int = 0

    def add(self, row: Said) -> None:
        self.n += 1
        if row.named is not None:
            self.entries_of += 1
            self.entries += row.named
        self.kind += told(row)
        if row.source_level:
            self.line_of += 1
            self.line += lines_named(row) == {row.line}

    def __str__(self) -> str:
        shares = ((self.entries, self.entries_of, 10), (self.kind, self.n, 7), (self.line, self.line_of, 7))
        cells = (f"{100 * part / whole:.1f}".rjust(wide) if whole else "-".rjust(wide) for part, whole, wide in shares)
        return f"{self.n:7d}" + "".join(cells)


@dataclass
class Diagnosis:
    by_kind: dict[str, Figures] = field(default_factory=dict)
    totals: dict[str, Figures] = field(default_factory=dict)


def told(row: Said) -> bool:
    """Whether the report tells the mistake that was made: by its kind, or as a repair of the edited line."""
    if row.source_level and row.line in lines_named(row):
        return True
    if not row.source_level and any(
        code == REPAIR and WRAPPER in where for code, where in zip(row.codes, row.wheres, strict=True)
    ):
        return True  # the numbers were changed in our own wrapper, and the repair undoes just that
    accepted = SCALED if row.kind == ADDED and row.source_level else ACCEPTED.get(row.kind, ())
    return any(code in accepted for code in row.codes)


def lines_named(row: Said) -> set[int]:
    """The lines of the gradient at which a proposed repair stands."""
    return {
        int(match[1])
        for code, where in zip(row.codes, row.wheres, strict=True)
        if code == REPAIR and (match := re.search(r":(\d+)", where))
    }


def diagnosis(rows: list[Said]) -> Diagnosis:
    """Figures by kind of mistake, and over numeric and source-level ones, for what was detected."""
    found = Diagnosis()
    for row in rows:
        if row.outcome != "detected":
            continue
        level = "source" if row.source_level else "numeric"
        found.by_kind.setdefault(f"{row.kind} ({level})", Figures()).add(row)
        for name in (f"all {level}", "all"):
            found.totals.setdefault(name, Figures()).add(row)
    return found
