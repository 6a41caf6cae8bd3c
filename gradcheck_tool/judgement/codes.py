"""The stable codes of everything judgement can tell, and what to do about each."""

from __future__ import annotations

from gradcheck_tool.judgement.record import Finding

# code: (kind, what to do)
CODES: dict[str, tuple[str, str]] = {
    "GC100": ("wrong", "go through its derivation term by term"),
    "GC101": ("wrong-sign", "look for a lost minus"),
    "GC102": ("constant-factor", "look for a factor lost or written twice"),
    "GC103": ("missing-inner-derivative", "multiply by the derivative of the inner function"),
    "GC104": ("missing-term", "look for a term of f that was not differentiated"),
    "GC105": ("zero-block", "fill the entries that were left at zero"),
    "GC106": ("wrong-shape", "return one number per entry of the point, outputs by inputs for a Jacobian"),
    "GC107": ("transposed", "transpose it: outputs are rows, inputs are columns"),
    "GC108": ("permuted", "put the entries into the order of the inputs"),
    "GC109": ("nan-entry", "look for 0/0, log or power at the edge of their domain"),
    "GC110": ("slightly-wrong", "compare constants and exponents digit by digit; a table value may be cut short"),
    "GC111": ("wrong-partial", "look up the derivative of this one operation"),
    "GC112": ("other-branch", "let the derivative take the decisions that f takes"),
    "GC113": ("low-precision", "keep the result in double precision, and do not round it"),
    "GC114": ("one-edit", "make that change if it is what was meant, then check again"),
    "GC201": ("kink", "check beside the kink"),
    "GC202": ("jump", "f has no derivative where it jumps; check a smooth version of it"),
    "GC203": ("not-real", "choose a point where f and its derivative are finite real numbers"),
    "GC204": ("noisy-function", "tighten the tolerance of the inner solver, or compute in float64, then check again"),
    "GC205": ("branch-value", "differentiate what lies on both sides of the branch"),
    "GC206": ("not-deterministic", "fix the seed and keep no state between calls"),
    "GC207": ("mutates-input", "work on a copy of the argument"),
    "GC208": ("stale-gradient", "compute the gradient at every call"),
    "GC209": ("accuracy-limited", "choose another point, or rescale the inputs"),
    "GC210": ("cancellation", "avoid subtracting near-equal numbers: a series, or an equivalent formula"),
    "GC211": ("flat", "choose a point where f moves by more than its rounding"),
    "GC212": ("remembers", "keep no results between calls, or keep them under the exact arguments"),
    "GC213": ("order-dependent", "compute the derivative from its own argument, or call f there first, always"),
    "GC214": ("special-point", "check at a point without zeros, ones and ties as well"),
    "GC215": ("unfinished-iteration", "iterate until nothing moves any more, or differentiate the steps that are made"),
    "GC216": ("single-precision", "compute in float64 to see more digits"),
    "GC301": ("cannot-follow", ""),
    "GC302": ("no-symbolic", ""),
    "GC303": ("no-differences", ""),
    "GC304": ("no-complex-step", ""),
    "GC305": ("no-handwritten", ""),
    "GC306": ("no-exact", ""),
    "GC392": ("no-value", "rewrite the expression so that no infinite slope is multiplied by 0"),
    "GC390": ("our-bug", "please report this, with the function"),
    "GC391": ("misread", "if f holds no inner iteration, please report this: the recording misread the code"),
}

DECLINED = {
    "forward": "GC301",
    "reverse": "GC301",
    "symbolic": "GC302",
    "differences": "GC303",
    "complex-step": "GC304",
    "handwritten": "GC305",
    "exact": "GC306",
}


def finding(  # noqa: PLR0913 - the parts of a finding, and only `code` and `message` are always given
    code: str,
    message: str,
    *,
    where: str = "",
    entry: str = "",
    remedy: str = "",
    data: tuple[tuple[str, str], ...] = (),
) -> Finding:
    """A finding with the kind, and unless another is given the remedy, that belong to its code."""
    kind, advice = CODES[code]
    return Finding(code, kind, where, message, remedy or advice, entry, data)
