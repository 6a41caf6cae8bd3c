"""Plain programs against references that no code of ours computed: right, or refused in words; never silently wrong.

``python tests/programs/measure.py`` prints the same as a table, and what is not right with its message.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from measure import MAY_REFUSE, MODES, outcomes, strange_values
from programs import groups, programs, references

ENOUGH = 600
PRECISE = 0.65
RIGHT = 0.98
MEDIAN = 1e-14


def told(found):
    return "\n".join(f"{o.verdict} {o.program} [{o.mode}] {o.message}" for o in found)


@pytest.mark.parametrize("group", groups())
def test_no_program_is_wrong_in_silence(group):
    """Every derivative that is given is right, and every refusal says what, where and what to do."""
    bad = [outcome for outcome in outcomes(group) if outcome.verdict in ("wrong", "nan", "unclear")]
    assert not bad, told(bad)


@pytest.mark.parametrize("group", groups())
def test_recorded_runs_compute_what_plain_runs_compute(group):
    """The recorded value is the plain one, bit for bit or where NumPy takes another route to 1e-13."""
    assert not strange_values(group)


@pytest.mark.parametrize("group", groups())
def test_references_belong_to_the_programs(group):
    """No reference is missing, left over, or older than its program."""
    assert {p.name: p.source for p in programs(group)} == {n: e["source"] for n, e in references(group).items()}


def test_nearly_all_programs_are_right():
    """At least 98 % of all programs are differentiated, in each mode, to nearly all digits of a double."""
    found = [outcome for group in groups() if group not in MAY_REFUSE for outcome in outcomes(group)]
    for mode in MODES:
        verdicts = Counter(outcome.verdict for outcome in found if outcome.mode == mode)
        refused = [o for o in found if o.mode == mode and o.verdict == "refused"]
        assert verdicts["right"] >= RIGHT * verdicts.total(), (mode, verdicts, told(refused))
    errors = [outcome.error for outcome in found if outcome.error is not None]
    assert np.median(errors) < MEDIAN, np.median(errors)


def test_the_corpus_is_large_and_its_references_precise():
    """At least 600 programs, and the references of two thirds of them have more digits than a double."""
    entries = [entry for group in groups() for entry in references(group).values()]
    assert len(entries) >= ENOUGH, len(entries)
    assert sum(entry["precise"] for entry in entries) >= PRECISE * len(entries)
