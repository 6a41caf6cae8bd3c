"""Who agrees with whom about one entry, and who shares what."""

from __future__ import annotations

import math
from itertools import combinations

from gradcheck_tool.judgement.evidence import UNIT, larger
from gradcheck_tool.judgement.record import Entry

Voice = tuple[str, float, float]  # name, value, bar


def who(entry: Entry, tested: str = "yours") -> str:
    """One sentence for the line ``who``; `tested` is ``yours`` or, without a hand-written derivative, ``AD``."""
    values, bars = entry.values, entry.bars
    recorded = [method for method in ("reverse", "forward") if method in values and math.isfinite(bars[method])]
    modes: list[Voice] = [(method, values[method], bars[method]) for method in recorded]
    finite = all(math.isfinite(value) for _, value, _ in modes)
    if len(modes) == 2 and finite and not _agree(modes[0], modes[1]):
        return "forward and reverse differ: our bug, please report"
    names = {"symbolic": "SymPy", "complex-step": "complex step", "exact": "exact arithmetic"}
    voices: list[Voice] = [("AD", *modes[0][1:])] if modes else []
    voices += [
        (names.get(method, method), values[method], bars[method])
        for method in ("symbolic", "complex-step", "exact", "differences")
        if method in values and math.isfinite(bars[method])
    ]
    mine: Voice = (tested, entry.yours, modes[0][2] if modes and tested != "yours" else 0.0)
    others = [voice for voice in voices if voice[0] != tested]
    if not others:
        return f"there is nothing to hold {tested} against"
    friends = [voice for voice in others if _agree(mine, voice, 5e-7)]
    foes = [voice for voice in others if voice not in friends]
    if not foes:
        return f"{_list([mine, *friends])} agree{_digits([mine, *friends])}"
    if not friends:
        return _alone(foes, tested)
    if [name for name, _, _ in foes] == ["differences"]:
        return f"only differences differ; {_list([mine, *friends])} agree{_digits([mine, *friends])}"
    differ = "differs" if len(foes) == 1 else "differ"
    one_recording = len(foes) > 1 and "differences" not in {name for name, _, _ in foes}
    shared = " (they read the same recording)" if one_recording else ""
    return f"{_list([mine, *friends])} agree{_digits([mine, *friends])}; {_list(foes)} {differ}{shared}"


def _alone(foes: list[Voice], tested: str) -> str:
    if len(foes) == 1:
        return f"{foes[0][0]} against {tested}, nobody else was asked or could answer"
    if all(_agree(*pair) for pair in combinations(foes, 2)):
        return f"{_list(foes)} agree{_digits(foes)}; {tested} is alone"
    return f"{_list(foes)} contradict {tested}, and one another"


def _agree(first: Voice, second: Voice, rtol: float = 4 * UNIT) -> bool:
    size = larger(first[1], second[1])
    return math.isfinite(size) and abs(first[1] - second[1]) <= first[2] + second[2] + rtol * size


def _digits(voices: list[Voice]) -> str:
    """How far all agree, in words: the digits they share, or that bars too wide for a digit overlap."""
    digits = min((_shared(*pair) for pair in combinations(voices, 2)), default=0)
    if digits:
        return f" to {digits} digit{'' if digits == 1 else 's'}"
    return " that it is 0" if all(value == 0 for _, value, _ in voices) else " within their bars"


def _shared(first: Voice, second: Voice) -> int:
    """The digits two share, no more than the bars allow; at most 16."""
    size, gap = larger(first[1], second[1]), max(abs(first[1] - second[1]), first[2], second[2])
    if gap == 0:
        return 16
    return max(0, min(16, math.floor(-math.log10(gap / size)))) if 0 < gap < size else 0


def _list(voices: list[Voice]) -> str:
    names = [name for name, _, _ in voices]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
