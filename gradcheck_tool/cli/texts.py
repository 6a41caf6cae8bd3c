"""What the commands say about themselves, written by hand: 80 columns, examples first."""

from __future__ import annotations

from gradcheck_tool import __version__

VERSION = f"gradcheck {__version__}"

UNEXPECTED = "gradcheck met a mistake of its own (exit code 3): please report it with the command and the lines below."

MAIN = f"""\
gradcheck tells you whether a derivative is right, and if not, what is wrong.

  gradcheck check model.py:f     is my derivative right? (check may be left out)
  gradcheck curve model.py:f     error of differences against step, drawn
  gradcheck trace model.py:f     every operation: primal, tangent, adjoint
  gradcheck explain GC104        what a code means and how to repair it

TARGET  model.py:f   model.py::f   package.module:f   model.py:Class.method

Exit code  0 nothing wrong   1 a derivative is wrong   2 could not check
           3 a bug in gradcheck   130 interrupted

gradcheck COMMAND --help lists the options. Version {__version__}
"""

CHECK = """\
gradcheck check [OPTIONS] TARGET...

Compare your derivative of each TARGET with automatic differentiation (AD,
forward and reverse), SymPy and finite differences with error bars.

  gradcheck model.py:f                        finds f_grad, f_jac, df by name
  gradcheck model.py:f --grad slope           the derivative is called slope
  gradcheck model.py:f --at '[1.5, 0.7, 2]'   at this point

What is checked
  --grad NAME         your gradient: a name in the file, or another TARGET
  --jac NAME          your Jacobian, shape (outputs, inputs)
  --hess NAME         your Hessian
  --returns KIND      value | value-and-grad: what f returns            [value]
  --order N           1 first, 2 second derivatives                         [1]
  --against LIST      forward,reverse,symbolic,differences,complex-step   [all]
                      and exact: a proven interval, for those who name it
Where
  --at JSON|@FILE     '[1, 2]' or '{"x": 1}' or @point.npy
  --points N          random points when no --at is given                   [3]
  --seed N            makes them repeat                                     [0]
Cost
  --full              differences along every input, also with more than 200
  --max-evals N       evaluations of f, for each point                    [any]
  --max-memory SIZE   500M, 2G: what the record of a run may take        [half]
Verdict
  --rtol R            rounding allowed to yours, per entry              [5e-07]
  --strict            kink and cannot tell also exit 1
  --prove             put errors into the derivative: is each of them caught?
Output
  --format KIND       terminal | json                                [terminal]
  -q, -v              only what is wrong; every entry and method
  --color WHEN        auto | always | never                              [auto]

Each option but -q and -v can stand in the environment: GRADCHECK_RTOL=1e-6.
Exit code: 0 nothing wrong, 1 wrong, 2 could not check, 3 our bug, 130 Ctrl-C
"""

CURVE = """\
gradcheck curve [OPTIONS] TARGET

Draw the error of finite differences against the step, with the slopes, the
best step and its error, beside the error of automatic differentiation (AD).

  gradcheck curve model.py:f --at 0.2 --step 1e-6   how good is my step?

  --at JSON|@FILE     '[1, 2]' or '{"x": 1}' or @point.npy
  --step H            mark this step on the curve
  --entry NAME        the entry drawn, such as df/dx[2]         [the first one]
  --seed N            makes a random point repeat                           [0]
  --max-memory SIZE   500M, 2G: what the record of a run may take        [half]
  --format KIND       terminal | json                                [terminal]
  --color WHEN        auto | always | never                              [auto]

Exit code: 0 drawn, 2 could not, 3 our bug, 130 Ctrl-C
"""

TRACE = """\
gradcheck trace [OPTIONS] TARGET

Print every operation of one run with its value, its tangent (forward mode) and
its adjoint (reverse mode), each as a rule and with the numbers put in.

  gradcheck trace model.py:f --at '[2, 5]'    the whole evaluation trace

  --at JSON|@FILE     '[1, 2]' or '{"x": 1}' or @point.npy
  --along NAME        the input the tangent is taken along      [the first one]
  --seed N            makes a random point repeat                           [0]
  --max-memory SIZE   500M, 2G: what the record of a run may take        [half]
  --format KIND       terminal | json                                [terminal]
  --color WHEN        auto | always | never                              [auto]

Exit code: 0 printed, 2 could not, 3 our bug, 130 Ctrl-C
"""

EXPLAIN = """\
gradcheck explain [CODE]

Say what a code such as GC104 means and how to repair it; without CODE list
them all.

  --color WHEN        auto | always | never                              [auto]
"""

HELP = {"check": CHECK, "curve": CURVE, "trace": TRACE, "explain": EXPLAIN}
