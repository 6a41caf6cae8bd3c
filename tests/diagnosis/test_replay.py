"""A replay gives at every point what the code gives there, for every kind of operation, changed or not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gradcheck_tool.diagnosis.replay import Family, Replay, chunks
from gradcheck_tool.tracing import record

POINTS = [np.array([0.8, 1.3, 0.5, 2.1]), np.array([0.7, 1.1, 0.9, 1.7]), np.array([1.2, 0.4, 0.6, 2.5])]
TABLE = np.array([[1.0, 2.0, 0.5, 0.1], [0.3, -1.0, 2.0, 0.2], [1.5, 0.2, -0.7, 0.9], [0.4, 0.8, 0.1, 3.0]])


def scalars(x):
    return x[0] * x[1] - x[2] / x[3] + 2 ** x[0] + x[1] ** 3 + abs(-x[2])


def filled(x):
    out = np.zeros(4)
    for i in range(3):
        out[i] += -4 * x[i]
        out[i + 1] -= x[i] * x[i + 1]
    return out


def listed(x):
    return [x[1], 2.0, [x[0] * x[2], 3.0]]


def matrices(x):
    return TABLE @ x + x @ TABLE.T + np.outer(x, x) @ x + np.einsum("ij,ij->j", TABLE, TABLE * x)


def solved(x):
    return np.linalg.solve(TABLE + np.diag(x), x) + np.linalg.inv(TABLE)[0] * np.linalg.det(np.diag(x))


def moved(x):
    a = x.reshape(2, 2)
    return np.concatenate([a.T.ravel()[::-1], np.cumsum(x), np.roll(x, 1), x[[3, 0, 0]], np.tile(a[1], 2)])


def chosen(x):
    return (
        np.stack([x, 2 - x]).max(axis=0)
        + np.where(x > 1, x**2, -x)
        + np.maximum(x, 1.0)
        + np.clip(x, 0.6, 5.0)
        + np.sort(x) * x[1:].sum()
    )


def summed(x):
    a = np.stack([x, x * x, np.exp(-x)])
    return a.mean(axis=0) + a.sum(axis=1)[0] + np.var(x) + a[2] / np.linalg.norm(x)


PROGRAMS = [scalars, filled, listed, matrices, solved, moved, summed]


def flat(result: Any) -> Any:
    if isinstance(result, list):
        return np.concatenate([flat(part) for part in result])
    return np.ravel(result)


def replayed(program: Any) -> Replay:
    return Replay(record(program, POINTS[0]), [[x] for x in POINTS])


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_point_gives_what_the_code_gives(program):
    """The run of the first point, repeated on the inputs of the others, is the run of the others."""
    expected = np.stack([flat(program(x)) for x in POINTS], axis=-1)
    np.testing.assert_allclose(replayed(program).results()[..., 0], expected, rtol=1e-13, atol=1e-15)


def test_branches_stay_as_they_were_taken():
    """Where the points take the branches of the first, selections are replayed as well."""
    near = [POINTS[0], POINTS[0] * 1.01]
    replay = Replay(record(chosen, near[0]), [[x] for x in near])
    np.testing.assert_allclose(replay.results()[..., 0], np.stack([chosen(x) for x in near], -1), rtol=1e-13)


@pytest.mark.parametrize("program", [*PROGRAMS, chosen])
def test_a_candidate_that_changes_nothing_changes_nothing(program):
    """Every line below is evaluated again with candidates beside it, and gives the same numbers."""
    replay = replayed(program)
    trace = replay.trace
    families = [
        Family((k,), 2, lambda _replay, _operands, value, _turn: value) for k in range(trace.inputs, len(trace))
    ]
    got = replay.run([Family((0,), 1, lambda _replay, _operands, value, _turn: value), *families])
    assert got.shape[1:] == (3, 1 + 2 * len(families))
    expected = np.broadcast_to(replay.results(), got.shape)
    np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_changed_input_is_the_run_at_another_point(program):
    """Candidates that scale the input by 1, 1.1 and 0.9 give what the code gives there, at all points."""
    scales = np.array([1.0, 1.1, 0.9])
    got = replayed(program).run([Family((0,), 3, lambda _replay, _operands, value, _turn: value * scales)])
    for c, scale in enumerate(scales):
        expected = np.stack([flat(program(x * scale)) for x in POINTS], axis=-1)
        np.testing.assert_allclose(got[..., c], expected, rtol=1e-12, atol=1e-14)


def test_a_site_in_a_loop_is_changed_in_every_turn():
    """A family names all lines of its site, and is told which turn it is."""
    replay = replayed(filled)
    lines = tuple(
        k
        for k in range(len(replay.trace))
        if replay.trace[k].primitive is not None
        and replay.trace[k].primitive.name == "mul"
        and len(replay.used[k]) == 1
    )
    assert len(lines) == 3
    turns = []

    def change(_replay, _operands, value, turn):
        turns.append(turn)
        return value * 2

    got = replay.run([Family(lines, 1, change)])
    assert turns == [0, 1, 2]
    doubled = [replay.results()[0, p, 0] * 2 for p in range(3)]
    np.testing.assert_allclose(got[0, :, 0], doubled)


def test_an_entry_of_the_result_can_be_changed_alone():
    """Line numbers beyond the trace are the entries of the result, also where no operation computes them."""
    replay = replayed(listed)
    got = replay.run([Family((len(replay.trace) + 1,), 1, lambda _r, _o, value, _t: value + 1)])
    assert got[:, 0, 0].tolist() == [POINTS[0][1], 3.0, POINTS[0][0] * POINTS[0][2], 3.0]


def test_a_part_has_the_same_numbers():
    """A replay of some of the points says which they are."""
    replay = replayed(matrices)
    part = replay.part([2, 0])
    assert part.chosen == [2, 0]
    np.testing.assert_array_equal(part.results()[:, 0], replay.results()[:, 2])


def test_many_candidates_come_in_portions(monkeypatch):
    """No portion takes more than it may, none is lost, and one family that is too large still comes."""
    replay = replayed(moved)
    families = [Family((0,), width, lambda _r, _o, value, _t: value) for width in (3, 50, 2, 2)]
    monkeypatch.setattr("gradcheck_tool.diagnosis.replay.BYTES", 8 * replay.weight * 5)
    assert [[family.width for family in portion] for portion in chunks(families, replay)] == [[3], [50], [2, 2]]
