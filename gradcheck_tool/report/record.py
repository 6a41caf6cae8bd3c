"""`Report`: everything one run knows, as plain data that every format prints from."""

from __future__ import annotations

from dataclasses import dataclass

from gradcheck_tool.judgement.record import Curve, Entry, Finding, Outcome, Proof


@dataclass(frozen=True, slots=True)
class MethodRow:
    """What became of one method: it answered (reason empty) or declined."""

    method: str
    reason: str = ""
    remedy: str = ""
    where: str = ""
    evaluations: int = 0
    seconds: float = 0.0
    formula: str = ""
    shares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One target at one point, judged; or the reason why it could not be checked.

    `point` maps parameter names to JSON-ready numbers and lists; `again` is the command that
    repeats exactly this check. `details` are lines shown as they are under an error: the user's
    own frames, a caret. `yours` says what was under test: ``waves_grad``, or ``AD`` where the
    function has no hand-written derivative. `source` says how that derivative was found.
    """

    target: str
    name: str
    where: str
    verdict: Outcome
    reason: str
    again: str
    order: int = 1
    yours: str = ""
    source: str = ""
    point: dict[str, object] | None = None
    origin: str = ""
    seed: int | None = None
    value: tuple[float, ...] = ()
    shape: tuple[int, int] = (0, 0)  # outputs, inputs
    noise: float = float("nan")  # eps_f of the first output
    confirmed: float = float("inf")
    max_rel_error: float = float("nan")
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    methods: tuple[MethodRow, ...] = ()
    curves: tuple[Curve, ...] = ()
    details: tuple[str, ...] = ()
    seconds: float = 0.0
    certified: int = 0  # digits of the derivative that exact arithmetic certifies; 0 where it was not asked
    kappa: float = float("nan")  # the loss of the derivative by rounding in f, in units of 2**-53
    warned: tuple[str, ...] = ()  # what the function warned of, and how often
    law: str = ""  # what the errors of differences against yours obey over the steps, in the worst entry
    proofs: tuple[Proof, ...] = ()  # errors put in on purpose, and whether they were caught


@dataclass(frozen=True, slots=True)
class Report:
    """One run of the tool over all its targets."""

    results: tuple[Result, ...]
    seed: int = 0
    strict: bool = False
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 nothing wrong, 1 wrong (with strict also undecided) or an error put in was missed, 2 could not check."""
        outcomes = {result.verdict for result in self.results}
        if "error" in outcomes or not self.results:
            return 2
        unproved = any(not proof.caught for result in self.results for proof in result.proofs)
        if unproved or "wrong" in outcomes or (self.strict and outcomes & {"kink", "cannot-tell"}):
            return 1
        return 0
