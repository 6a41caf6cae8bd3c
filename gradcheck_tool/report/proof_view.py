"""The table of ``--prove``: what was put in, and what the check said of it."""

from __future__ import annotations

from rich.text import Text

from gradcheck_tool.report import numbers
from gradcheck_tool.report.also import fitted
from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.look import Column, Look
from gradcheck_tool.report.record import Result
from gradcheck_tool.report.words import hanging, one_line


def proof_lines(result: Result, look: Look) -> list[Text]:
    """The proofs of one result, and in one sentence what they come to."""
    proofs = result.proofs
    if not proofs:
        return hanging(Text("prove  "), "no entry agrees, so there is nothing to prove", look.width)
    caught = sum(proof.caught for proof in proofs)
    each = "an error was" if len(proofs) == 1 else f"{len(proofs)} errors were"
    told = f"{each} put in, one at a time, at 4 times the size that is said to be caught: "
    told += "every one was called wrong" if caught == len(proofs) else f"{len(proofs) - caught} not called wrong"
    columns = [
        Column("entry", tuple(Text(one_line(proof.entry), STYLES["name"]) for proof in proofs), left=True),
        Column("its value", tuple(numbers.short(proof.yours) for proof in proofs)),
        Column("caught above", tuple(numbers.bar(proof.power) for proof in proofs)),
        Column("put in", tuple(_signed(proof.error) for proof in proofs)),
        Column("verdict", tuple(_verdict(proof.verdict, caught=proof.caught) for proof in proofs), left=True),
    ]
    return [*hanging(Text("prove  "), told, look.width), Text(""), *fitted(columns, look, ["its value"])]


def _signed(error: float) -> str:
    return f"{'-' if error < 0 else '+'}{numbers.bar(abs(error))}"


def _verdict(word: str, *, caught: bool) -> Text:
    return Text(word.replace("-", " "), "" if caught else STYLES["doubt"])
