"""Random programs: a right derivative is not called wrong by differences, and their bars hold the truth."""

from __future__ import annotations

import random

import numpy as np
import pytest
from random_programs import HEAD, STEPS, N

from gradcheck_tool import check, jacobian
from gradcheck_tool.examine.recording import Recorded, record_run
from gradcheck_tool.methods.automatic import reverse
from gradcheck_tool.methods.estimate import Declined
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Point

pytestmark = pytest.mark.filterwarnings("ignore")


def program(seed):
    """The source of f, four numbers to four, and a point; the same for the same seed."""
    chance = random.Random(seed)
    names, lines = ["x"], []
    for k in range(chance.randint(2, 7)):
        words = {
            "y": f"v{k}",
            "a": names[-1],
            "b": chance.choice(names),
            "i": chance.randint(0, 3),
            "j": chance.randint(0, 3),
            "k": chance.randint(0, 1),
            "p": [chance.randint(0, 3) for _ in range(4)],
            "c": chance.choice([0.37, 0.81, 1.43]),
        }
        lines.append("    " + chance.choice(STEPS).format(**words))
        names.append(f"v{k}")
    body = "\n".join(lines)
    text = f"{HEAD}\n\ndef f(x):\n{body}\n    return {names[-1]}\n"
    return text, np.array([chance.uniform(-2, 2) for _ in range(N)])


def judged(seed):
    """The verdict on a right derivative by differences alone, or None where there is nothing to judge."""
    text, x = program(seed)
    names = {"__name__": "random_program"}
    exec(compile(text, "random_program.py", "exec"), names)  # noqa: S102 - our own text
    f = names["f"]
    with np.errstate(all="ignore"):
        problem = Problem.at(f, Point({"x": x}, {}, "test"))
        if not np.all(np.isfinite(problem.y)):
            return None
        recording = record_run(problem)
        if not isinstance(recording, Recorded) or any(np.any(g.margin == 0) for g in recording.survey.guards):
            return None
        known = reverse(recording.trace, recording.survey.bound)
        if isinstance(known, Declined) or not np.all(np.isfinite(known.jacobian)):
            return None
        # Where rounding alone moves it further than any tolerance, nobody knows what is right.
        if np.any(known.bound > 1e-9 * np.abs(known.jacobian)):
            return None
        return check(f, x, jac=lambda x: jacobian(f, x, mode="reverse"), against=("differences",)).results[0]


def alarms(seeds):
    """How many right derivatives were judged, and those that were called wrong."""
    results = [(seed, result) for seed in seeds if (result := judged(seed)) is not None]
    return len(results), [(seed, result.reason) for seed, result in results if result.verdict == "wrong"]


def test_right_derivatives_are_not_called_wrong_by_differences():
    """None of a few hundred."""
    count, wrong = alarms(range(250))
    assert count > 150
    assert wrong == []


@pytest.mark.long
def test_at_most_one_right_derivative_in_a_thousand_is_called_wrong():
    """Of thousands."""
    count, wrong = alarms(range(1000, 13000))
    assert count > 4000
    assert len(wrong) <= count / 1000, wrong
