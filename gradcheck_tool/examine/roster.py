"""Who is asked for a derivative, and what each of them needs to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gradcheck_tool.calculus.tables.complexes import NOT_ANALYTIC
from gradcheck_tool.examine import many
from gradcheck_tool.examine.recording import Recorded, Recording, caller
from gradcheck_tool.methods.automatic import forward, forward_over_reverse, reverse, reverse_over_reverse
from gradcheck_tool.methods.complex_step import complex_step
from gradcheck_tool.methods.differences import differences
from gradcheck_tool.methods.estimate import Answer, Declined
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Problem
from gradcheck_tool.subject.problem import Exhausted
from gradcheck_tool.tracing import Trace
from gradcheck_tool.walks.margins import nearest

ROUGHLY = 24  # evaluations of a ladder along one input
FULL = 200  # inputs up to which every column is differenced; beyond, one random direction
GROUPS = 12  # groups of inputs that share no output: with so few, every column is differenced whatever n is
FULL_SECOND = 50  # the same for second differences, which need the square of that many runs


@dataclass(frozen=True, slots=True)
class Question:
    """What a method may look at: the plain function at its point, its recording, and the order asked for."""

    problem: Problem
    recording: Recording
    order: int
    yours: Answer | None = None
    rtol: float = Settings.rtol
    seed: int = Settings.seed
    full: bool = False
    max_evals: int | None = None


def ask(question: Question, methods: tuple[str, ...]) -> tuple[Answer, ...]:
    """Every method that is named answers, or declines with a reason, in the order of the names."""
    return tuple(_answered(method, question) for method in methods)


def _answered(method: str, question: Question) -> Answer:
    try:
        with question.problem.limited(question.max_evals):
            return ROSTER[method](question)
    except Exhausted as reason:
        return Declined(method, str(reason), "allow more with --max-evals")


def _differences(question: Question) -> Answer:
    problem, recording, order = question.problem, question.recording, question.order
    n = problem.x.size
    if order == 1 and n > FULL:
        found = many.together(problem, recording, question.yours, n // 4 if question.full else GROUPS)
        if found is not None:
            return found
        if question.full:
            return many.columns(problem, recording, question.yours)
    tight = ROUGHLY * n > problem.left
    if order == 1 and (n > FULL or (tight and n > 1)) and not question.full:
        return many.differences(problem, recording, question.yours, question.rtol, question.seed)
    if n > FULL_SECOND and order == 2:
        return Declined("differences", f"{n} inputs need too many runs for second differences")
    if isinstance(recording, Declined):
        return differences(problem, None, None, order)
    return differences(problem, recording.survey.noise, nearest(recording.survey.guards, n), order)


def _complex_step(question: Question) -> Answer:
    method, recording = "complex-step", question.recording
    if question.order == 2:
        return Declined(method, "the complex step is for first derivatives")
    if isinstance(recording, Declined):
        return Declined(method, "only a recorded run shows whether the complex step is allowed")
    obstacle = _obstacle(method, recording.trace)
    if obstacle is None and question.problem.x.size > FULL and not question.full:
        return many.complex_steps(question.problem, recording)
    return obstacle or complex_step(question.problem, recording.survey.noise)


def _obstacle(method: str, trace: Trace) -> Declined | None:
    """The first thing in the run through which a complex step would be silently wrong."""
    for line in trace.lines:
        if not getattr(line.primitive, "analytic", True):
            name = getattr(line.primitive, "name", "")
            sentence = f"{name} is not analytic, and the complex step would be silently wrong"
            return Declined(method, sentence, "", line.where)
        if line.primitive is not None and line.primitive.name in NOT_ANALYTIC:
            sentence = "the run takes complex numbers apart itself, and the complex step would be silently wrong"
            return Declined(method, sentence, "", line.where)
    if trace.flags:
        sentence = "the run compares values, and complex numbers have no order"
        return Declined(method, sentence, "", trace.guards[0].where)
    return None


def _walked(
    method: str, first: Callable[[Question, Recorded], Answer], second: Callable[[Question, Recorded], Answer]
) -> Callable[[Question], Answer]:
    """A method that walks the recorded run: it declines as the recording did, and where a Hessian has no sense."""

    def answer(question: Question) -> Answer:
        recording = question.recording
        if isinstance(recording, Declined):
            return Declined(method, recording.reason, recording.remedy, recording.where)
        if question.order == 1:
            return first(question, recording)
        if question.problem.y.size != 1:
            return Declined(method, "a Hessian needs a function that returns a single number")
        return second(question, recording)

    return answer


def _symbolic(question: Question, recording: Recorded) -> Answer:
    from gradcheck_tool.methods.symbolic import symbolic  # noqa: PLC0415 - only those who ask for SymPy pay for it

    return symbolic(question.problem, recording.trace, question.order)


def _exact(_question: Question, recording: Recorded) -> Answer:
    from gradcheck_tool.methods.exact import exact  # noqa: PLC0415 - only those who ask for balls pay for python-flint

    return exact(recording.trace)


ROSTER: dict[str, Callable[[Question], Answer]] = {
    "forward": _walked(
        "forward",
        lambda asked, recorded: (
            many.forward(asked.problem, recorded)
            if many.forward_is_costly(recorded)
            else forward(recorded.trace, recorded.survey.bound)
        ),
        lambda _asked, recorded: forward_over_reverse(recorded.trace),
    ),
    "reverse": _walked(
        "reverse",
        lambda _asked, recorded: reverse(recorded.trace, recorded.survey.bound),
        lambda asked, _recorded: reverse_over_reverse(
            asked.problem.function, asked.problem.point.values, caller(asked.problem)
        ),
    ),
    "symbolic": _walked("symbolic", _symbolic, _symbolic),
    "exact": _walked(
        "exact", _exact, lambda _asked, _recorded: Declined("exact", "exact arithmetic is for first derivatives")
    ),
    "differences": _differences,
    "complex-step": _complex_step,
}
