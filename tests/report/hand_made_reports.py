"""Hand-made reports: one per kind of verdict, numbers as the methods would give them."""

from __future__ import annotations

import math

from gradcheck_tool.judgement.record import Curve, Entry, Finding
from gradcheck_tool.report.record import MethodRow, Report, Result
from gradcheck_tool.walks.ledger import Ledger, LedgerRow

METHODS = (
    MethodRow("forward", evaluations=1, seconds=0.0012, shares=("trace", "rules")),
    MethodRow("reverse", evaluations=1, seconds=0.0011, shares=("trace", "rules")),
    MethodRow("symbolic", evaluations=1, seconds=0.02, shares=("trace",), formula="df/dx[2] = x[1]*cos(x[1]*x[2])"),
    MethodRow("complex-step", reason="np.sin is not given complex numbers here", where="waves.py:5"),
    MethodRow("differences", evaluations=36, seconds=0.002),
)


def entry(name, row, column, verdict, yours, truth, tolerance, *, blur=6.3e-14, **more):  # noqa: PLR0917 - a table's row
    values = {"forward": truth, "reverse": truth, "symbolic": truth, "differences": truth + blur / 3}
    bars = {"forward": 1e-16, "reverse": 1e-16, "symbolic": 1e-16, "differences": blur}
    return Entry(name, row, column, verdict, yours, truth, blur, tolerance, values, bars, **more)


WAVES = Result(
    target="waves.py:waves",
    name="waves",
    where="waves.py:8",
    verdict="wrong",
    reason="waves_grad is wrong in 1 of 3 entries: df/dx[2]",
    again="gradcheck waves.py:waves --at '[1.5, 0.7, 2]'",
    yours="waves_grad",
    source="found by name",
    point={"x": [1.5, 0.7, 2.0]},
    origin="--at",
    value=(2.560449729988460,),
    shape=(1, 3),
    noise=4.4e-16,
    confirmed=2.1e-13,
    max_rel_error=0.3,
    entries=(
        entry("df/dx[0]", 0, 0, "agree", 2.1, 2.1, 1e-06),
        entry("df/dx[1]", 0, 1, "agree", 2.5899342857799816, 2.589934285779982, 1e-06),
        entry("df/dx[2]", 0, 2, "wrong", 0.16996714290024104, 0.11897700003016872, 8.5e-08),
    ),
    findings=(
        Finding(
            "GC103",
            "missing-inner-derivative",
            "waves.py:8",
            "waves_grad lacks an inner derivative",
            "the inner derivative of x[1] * x[2] is missing (waves.py:5)",
            "df/dx[2]",
            (
                ("who", "AD, SymPy and differences agree to 12 digits; yours is alone"),
                ("pattern", "AD = yours * x[1]   (to the last bit)"),
            ),
        ),
    ),
    methods=METHODS,
    seconds=0.2,
)

RIDGE = Result(
    target="ridge.py:loss",
    name="loss",
    where="ridge.py:13",
    verdict="wrong",
    reason="loss_grad is wrong in 3 of 3 entries, most in df/dw[2]",
    again="gradcheck ridge.py:loss --at '[0.5, -1.25, 2]'",
    yours="loss_grad",
    source="found by name",
    point={"w": [0.5, -1.25, 2.0]},
    shape=(1, 3),
    entries=(
        entry("df/dw[0]", 0, 0, "wrong", 0.1164181, 0.1664181, 8.3e-08),
        entry("df/dw[1]", 0, 1, "wrong", -0.0425286, -0.1675286, 8.4e-08),
        entry("df/dw[2]", 0, 2, "wrong", -0.1735210, 0.0264790, 8.7e-08, blur=2.8e-14),
    ),
    findings=(
        Finding(
            "GC104",
            "missing-term",
            "ridge.py:13",
            "a term is missing",
            "that is the derivative of  lam / 2 * np.sum(w ** 2)  in ridge.py:10",
            "",
            (
                ("who", "AD, SymPy and differences agree to 11 digits; yours is alone"),
                ("pattern", "AD - yours = 0.1 * w   (residual 1.4e-17)"),
            ),
        ),
    ),
    methods=METHODS[:3],
)

SMALL = Result(
    target="small.py:f",
    name="f",
    where="small.py:3",
    verdict="wrong",
    reason="f_grad is wrong in 1 of 1 entries: df/dx",
    again="gradcheck small.py:f --at 3.5",
    yours="f_grad",
    point={"x": 3.5},
    shape=(1, 1),
    entries=(entry("df/dx", 0, 0, "wrong", 111.1948327123, 111.1949266345, 5.6e-05),),
    findings=(Finding("GC100", "wrong-derivative", "small.py:3", "it differs", "", "df/dx", ()),),
)

AGREE = Result(
    target="rosen.py:rosen",
    name="rosen",
    where="rosen.py:4",
    verdict="agree",
    reason="rosen_der, 3 entries, at least 13 digits (AD, SymPy, differences)",
    again="gradcheck rosen.py:rosen",
    yours="rosen_der",
    source="found by name",
    point={"x": [1.2, -0.5, 2.25]},
    origin="random",
    seed=0,
    shape=(1, 3),
    noise=2e-15,
    confirmed=3.1e-14,
    max_rel_error=2e-16,
    entries=(
        entry("df/dx[0]", 0, 0, "agree", -215.59999999999991, -215.59999999999994, 1e-4, blur=2.9e-11),
        entry("df/dx[1]", 0, 1, "agree", 112.00000000000003, 112.00000000000003, 1e-4, blur=2.8e-11),
        entry("df/dx[2]", 0, 2, "agree", 2672.0, 2672.0, 1e-3, blur=1.6e-11),
    ),
    methods=METHODS,
)

KINK = Result(
    target="lasso.py:lasso",
    name="lasso",
    where="lasso.py:12",
    verdict="kink",
    reason="lasso has no derivative at x[1] = 0; yours lies between its slopes",
    again="gradcheck lasso.py:lasso --at '[0.8, 0, 1.5]'",
    yours="lasso_grad",
    point={"x": [0.8, 0.0, 1.5]},
    shape=(1, 3),
    entries=(
        entry("df/dx[0]", 0, 0, "agree", 1.9, 1.9, 1e-6),
        Entry("df/dx[1]", 0, 1, "kink", 0.4, 0.4, 0.3, 0.3, {"reverse": 0.4, "forward": 0.4}, {"reverse": 1e-16}),
    ),
    findings=(
        Finding(
            "GC201",
            "kink",
            "lasso.py:8",
            "the slopes differ",
            "beside the kink:  --at '[0.8, 0.001, 1.5]'",
            "df/dx[1]",
            (
                ("left slope", "0.1 ± 4.8e-14"),
                ("right slope", "0.7 ± 4.6e-14"),
                ("branch", "lasso.py:8  return fit + 0.3 * np.sum(np.abs(x))"),
                ("rest", "the other 2 entries agree to 13 digits"),
            ),
        ),
    ),
)

NOISY = Result(
    target="pipe.py:friction",
    name="friction",
    where="pipe.py:14",
    verdict="cannot-tell",
    reason="friction_deriv agrees to 0.09 %; noise in friction hides the rest",
    again="gradcheck pipe.py:friction --at 100000",
    yours="friction_deriv",
    point={"re": 100000.0},
    shape=(1, 1),
    confirmed=9.0e-4,
    entries=(
        Entry(
            "df/dre",
            0,
            0,
            "cannot-tell",
            -3.46022e-08,
            -3.4595e-08,
            3.1e-11,
            3.2e-11,
            {"differences": -3.4595e-08},
            {"differences": 3.1e-11},
        ),
    ),
    findings=(
        Finding(
            "GC204",
            "noisy-function",
            "pipe.py:6",
            "friction jumps",
            "tighten the solver at pipe.py:10 (xtol=1e-05), then check again",
            "df/dre",
            (
                ("noise", "friction jumps by 2.9e-08 (2e-06 of its value) between close points"),
                ("seen", "an error above 3.8e-11 (0.11 %) would have shown, a smaller one not"),
            ),
        ),
    ),
    methods=(
        MethodRow("forward", reason="scipy's bisect is compiled code", where="pipe.py:10"),
        MethodRow("reverse", reason="scipy's bisect is compiled code", where="pipe.py:10"),
        MethodRow("symbolic", reason="it reads the same trace"),
        MethodRow("differences", evaluations=60, seconds=0.01),
    ),
)

UNSTABLE = Result(
    target="bump.py:bump",
    name="bump",
    where="bump.py:8",
    verdict="agree",
    reason="bump_deriv is the right formula, badly rounded here",
    again="gradcheck bump.py:bump --at 0.0001",
    yours="bump_deriv",
    point={"x": 0.0001},
    shape=(1, 1),
    confirmed=0.1,
    entries=(
        Entry(
            "df/dx",
            0,
            0,
            "agree",
            44.10804e-06,
            -8.333333e-06,
            1e-15,
            6e-05,
            {"exact": -8.333333e-06, "reverse": 44.10804e-06, "symbolic": 44.10805e-06, "differences": -8.3e-06},
            {"exact": 0.0, "differences": 1.1e-06},
        ),
    ),
    findings=(
        Finding(
            "GC210",
            "cancellation",
            "bump.py:8",
            "digits are lost",
            "avoid subtracting near-equal numbers near 0: a series, or half angles",
            "df/dx",
            (
                (
                    "where",
                    "bump.py:9   x * np.sin(x) - 2 * (1 - np.cos(x))   loses 16 digits\nbump.py:5   1 - np.cos(x)",
                ),
                ("who", "yours, AD and SymPy agree only because they share that subtraction"),
            ),
        ),
    ),
)

RAISED = Result(
    target="bank.py:balance",
    name="balance",
    where="bank.py:3",
    verdict="error",
    reason="balance raised KeyError at x = [100, 3]",
    again="gradcheck bank.py:balance --at '[100, 3]'",
    point={"x": [100.0, 3.0]},
    findings=(
        Finding(
            "GC901",
            "your-code-raised",
            "bank.py:3",
            "balance raised KeyError",
            "choose a point where balance works:  --at '[100, 2]'",
        ),
    ),
    details=(
        "bank.py:8  balance   total = x[0] * (1 + rate(x[0], x[1]))",
        'bank.py:3  rate      raise KeyError(f"no [red]rate[/red] for {years} years")',
        "KeyError: 'no [red]rate[/red] for 3.0 years'",
    ),
)

BAD_POINT = Result(
    target="waves.py:waves",
    name="waves",
    where="",
    verdict="error",
    reason="--at is not JSON: a value is missing after the comma",
    again="",
    findings=(
        Finding(
            "GC902",
            "bad-point",
            "",
            "--at is not JSON",
            "write one array as --at '[1.5, 0.7, 2]', names as --at '{\"x\": 1.5}'",
        ),
    ),
    details=("  [1.5, 0.7, ]", "             ^ here"),
)


def matrix(height=200, width=50):
    entries = []
    for row in range(height):
        for column in range(width):
            truth = math.sin(1.0 + row * 0.37 + column) * 0.4
            wrong = column == 0
            name = f"df[{row}]/dx[{column}]"
            entries.append(
                entry(name, row, column, "wrong" if wrong else "agree", 0.0 if wrong else truth, truth, 2e-7)
            )
    return Result(
        target="net.py:residual",
        name="residual",
        where="net.py:11",
        verdict="wrong",
        reason=f"residual_jac is wrong in {height} of {height * width} entries: all of column x[0]",
        again="gradcheck net.py:residual --seed 1",
        yours="residual_jac",
        point={"x": [0.5] * width},
        seed=1,
        shape=(height, width),
        entries=tuple(entries),
        findings=(
            Finding(
                "GC105",
                "zero-block",
                "net.py:11",
                "a column is zero",
                "the loop at net.py:14 starts at 1:  for j in range(1, 50)",
                "",
                (("pattern", "yours is exactly 0 in all of column x[0]"),),
            ),
        ),
    )


NANS = Result(
    target="nan.py:f",
    name="f",
    where="nan.py:3",
    verdict="wrong",
    reason="f_grad is wrong in 2 of 3 entries, most in df/dx[1]",
    again="gradcheck nan.py:f",
    yours="f_grad",
    point={"x": [1e-300, float("nan"), float("inf")]},
    shape=(1, 3),
    noise=float("nan"),
    max_rel_error=float("nan"),
    entries=(
        entry("df/dx[0]", 0, 0, "agree", 1.5, 1.5, 1e-6),
        entry("df/dx[1]", 0, 1, "wrong", float("nan"), -123456.789012345678, 1e-6),
        entry("df/dx[2]", 0, 2, "wrong", float("-inf"), 1e-300, 1e-306, blur=1e-310),
    ),
    findings=(Finding("GC108", "not-a-number", "nan.py:3", "nan where a number belongs", "see log(0)", "df/dx[1]"),),
)

AUTOMATIC = Result(
    target="plain.py:f",
    name="f",
    where="plain.py:3",
    verdict="agree",
    reason="AD of f, 1 entry, at least 12 digits (SymPy, differences)",
    again="gradcheck plain.py:f",
    yours="AD",
    point={"x": 2.0},
    shape=(1, 1),
    confirmed=2e-13,
    entries=(entry("df/dx", 0, 0, "agree", 4.0, 4.0, 1e-6),),
)

EVERY = {
    "waves": WAVES,
    "ridge": RIDGE,
    "small": SMALL,
    "agree": AGREE,
    "kink": KINK,
    "noisy": NOISY,
    "unstable": UNSTABLE,
    "raised": RAISED,
    "bad point": BAD_POINT,
    "matrix": matrix(),
    "nans": NANS,
    "automatic": AUTOMATIC,
}
LIST = Report((WAVES, RIDGE, RAISED, NOISY, KINK, UNSTABLE, AGREE, AUTOMATIC), seconds=1.4)


def curve(method, order, noise=1.3e-15):
    steps = tuple(10.0 ** (-k / 4) for k in range(4, 65))
    wobble = [1 + 0.6 * math.sin(7.3 * k) for k in range(len(steps))]
    errors = tuple(0.4 * h**order + w * noise / h for h, w in zip(steps, wobble, strict=True))
    best = (noise / 0.4) ** (1 / (order + 1))
    user = 1e-6
    return Curve(
        method,
        "df/dx",
        order,
        steps,
        tuple(0.5 + error for error in errors),
        errors,
        tuple(2 * noise / h for h in steps),
        -0.95,
        float(order),
        best,
        noise / best + 0.4 * best**order,
        user,
        0.4 * user**order + noise / user,
    )


CURVED = Result(
    target="logistic.py:l4",
    name="l4",
    where="logistic.py:4",
    verdict="agree",
    reason="your step 1e-06 is 18 times the best for forward, 1/15 of the best for central",
    confirmed=3e-15,
    again="gradcheck curve logistic.py:l4 --at 0.2 --step 1e-06",
    yours="AD",
    point={"x": 0.2},
    noise=1.3e-15,
    entries=(Entry("df/dx", 0, 0, "agree", 0.5, 0.5 + 6e-15, 1e-16, 1e-6, {"reverse": 0.5}, {"reverse": 1e-14}),),
    curves=(curve("forward", 1), curve("central", 2)),
)

RETURN = "    return log(x1) + x1 * x2 - sin(x2)"
HERE = "survey.py:5"
SURVEY = Ledger(
    target="survey.py:f",
    name="f",
    where="survey.py:4",
    point="x1 = 2, x2 = 5",
    value="11.652071",
    derivatives=(("df/dx1", "5.5"), ("df/dx2", "1.716338")),
    direction="x1",
    rows=(
        LedgerRow("x1", "", "", "input", "", 2.0, "seed", "", 1.0, "v1~/x1 + v2~*x2", "1/2 + 1*5", 5.5),
        LedgerRow(
            "x2",
            "",
            "",
            "input",
            "",
            5.0,
            "seed",
            "",
            0.0,
            "v2~*x1 + v4~*cos(x2)",
            "1*2 + -1*cos(5)",
            1.716337814536774,
        ),
        LedgerRow("v1", HERE, RETURN, "log(x1)", "log(2)", 0.6931471805599453, "x1'/x1", "1/2", 0.5, "v3~", "", 1.0),
        LedgerRow("v2", HERE, RETURN, "x1*x2", "2*5", 10.0, "x1'*x2 + x1*x2'", "1*5 + 2*0", 5.0, "v3~", "", 1.0),
        LedgerRow(
            "v3",
            HERE,
            RETURN,
            "v1 + v2",
            "0.693147 + 10",
            10.693147180559945,
            "v1' + v2'",
            "0.5 + 5",
            5.5,
            "v5~",
            "",
            1.0,
        ),
        LedgerRow(
            "v4",
            HERE,
            RETURN,
            "sin(x2)",
            "sin(5)",
            -0.9589242746631385,
            "cos(x2)*x2'",
            "cos(5)*0",
            0.0,
            "v5~*-1",
            "1*-1",
            -1.0,
        ),
        LedgerRow(
            "v5",
            HERE,
            RETURN,
            "v3 - v4",
            "10.693147 - -0.958924",
            11.652071455223084,
            "v3' - v4'",
            "5.5 - 0",
            5.5,
            "seed",
            "",
            1.0,
        ),
    ),
)
