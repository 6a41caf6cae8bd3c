"""What the reports are drawn with: each glyph with its ASCII twin, and the styles that carry meaning.

Sixteen terminal colours only, no background. Red accuses and nothing else does; magenta doubts;
green is never on a word. Colour repeats what a word or a mark already says.
"""

from __future__ import annotations

from dataclasses import dataclass

STYLES = {
    "wrong": "bold red",
    "doubt": "bold magenta",
    "agree": "green",
    "name": "bold",
    "key": "bold",
    "dim": "dim",
    "code": "cyan",
    "plain": "",
}

WORDS = {"wrong": "wrong", "error": "error", "kink": "kink", "cannot-tell": "cannot tell", "agree": "agree"}

VERDICT_STYLES = {"wrong": "wrong", "error": "wrong", "kink": "doubt", "cannot-tell": "doubt", "agree": "agree"}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One alphabet; every field has a twin of the same meaning in the other one."""

    wrong: str
    error: str
    kink: str
    unknown: str
    agree: str
    plus_minus: str
    line: str
    wall: str
    corner: str
    tick: str
    left_end: str
    right_end: str
    dot: str
    full: str
    some: str
    none: str
    dash: str
    braille: bool

    def verdict(self, outcome: str) -> str:
        """The mark that stands before a verdict's word."""
        return {
            "wrong": self.wrong,
            "error": self.error,
            "kink": self.kink,
            "cannot-tell": self.unknown,
            "agree": self.agree,
        }[outcome]

    @property
    def letters(self) -> str:
        """Everything this alphabet writes, to be tried on a stream's encoding."""
        braille = "⠁⣿" if self.braille else ""
        return "".join(getattr(self, name) for name in self.__slots__ if name != "braille") + braille


UNICODE = Glyphs(
    wrong="✗",
    error="!",
    kink="∧",
    unknown="?",
    agree="✓",
    plus_minus="±",
    line="─",
    wall="│",
    corner="└",
    tick="┤",
    left_end="├",
    right_end="┤",
    dot="●",
    full="█",
    some="▪",
    none="·",
    dash="╌",
    braille=True,
)

ASCII = Glyphs(
    wrong="x",
    error="!",
    kink="^",
    unknown="?",
    agree="+",
    plus_minus="+-",
    line="-",
    wall="|",
    corner="+",
    tick="+",
    left_end="+",
    right_end="+",
    dot="o",
    full="#",
    some="o",
    none=".",
    dash="-",
    braille=False,
)
