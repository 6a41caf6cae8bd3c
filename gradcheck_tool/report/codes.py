"""Every code a report can carry, what it means and how to repair it: the text of ``gradcheck explain``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its stable name, what it says about the user's program, and the way out."""

    code: str
    kind: str
    meaning: str
    repair: str


FAMILIES = {
    "GC1": "a derivative is wrong",
    "GC2": "the function makes its derivative doubtful here",
    "GC3": "a method could not follow, or is wrong itself",
    "GC9": "the check could not be made",
}

CODES = {
    row.code: row
    for row in (
        Code(
            "GC100",
            "wrong",
            "Entries of your derivative differ from the independent methods by more than rounding and "
            "their error bars allow, and no simple pattern explains how.",
            "Read the name of the worst entry and its first wrong digit, then compare that entry's "
            "formula with the terms of f; gradcheck trace TARGET shows the derivative of every operation.",
        ),
        Code(
            "GC101",
            "wrong-sign",
            "Your entries are the right ones with the opposite sign.",
            "Look for a lost or an extra minus: the derivative of cos, of 1/x, of the second term of a difference.",
        ),
        Code(
            "GC102",
            "constant-factor",
            "Your entries are the right ones times a constant, such as 2, 1/2 or 1/n.",
            "Look for an exponent that was not brought down, a mean taken for a sum, a unit converted once too often.",
        ),
        Code(
            "GC103",
            "missing-inner-derivative",
            "Your entry lacks the factor that the chain rule takes from the inner function.",
            "Multiply by the derivative of the argument: d sin(a*b)/da is b*cos(a*b), not cos(a*b).",
        ),
        Code(
            "GC104",
            "missing-term",
            "The difference between the right derivative and yours is a multiple of something simple, as "
            "if one term of f had not been differentiated.",
            "Add the derivative of that term; a regulariser is the usual one.",
        ),
        Code(
            "GC105",
            "zero-block",
            "A whole row, column or block of your derivative is exactly zero where the right one is not.",
            "Look at the first and the last index of the loop, and at slices that leave out an end.",
        ),
        Code(
            "GC106",
            "wrong-shape",
            "Your derivative has another shape than the derivative of f.",
            "Return the shape of the parameter for a gradient, (outputs, inputs) for a Jacobian.",
        ),
        Code(
            "GC107",
            "transposed",
            "Your values are right but stand in the transposed place.",
            "Transpose it: row i of a Jacobian holds the derivatives of output i.",
        ),
        Code(
            "GC108",
            "permuted",
            "Your values are right but stand in another order: shifted, reversed or swapped.",
            "Put the entries into the order of the inputs; look for an index that is off by one.",
        ),
        Code(
            "GC109",
            "nan-entry",
            "Your derivative is nan or infinite where the right one is a finite number.",
            "Look for 0/0, log(0), or an overflow that f itself avoids, such as exp of a large number.",
        ),
        Code(
            "GC110",
            "slightly-wrong",
            "Your derivative and the exact one agree to many digits, yet they are different formulas: run without "
            "rounding, both still differ, by more than their rounded constants explain.",
            "Look for a constant with a wrong or missing last digit, or for a formula that is only approximate: a cut "
            "series, a difference quotient. Where the approximation is meant, the report says how good it is.",
        ),
        Code(
            "GC111",
            "wrong-partial",
            "Your derivative is right but for the slope of one operation of f: sin left as it is, an exponent not "
            "lowered, a factor of it forgotten. The report names the operation and its line.",
            "Look up the derivative of that operation, and go on with the chain rule from there.",
        ),
        Code(
            "GC112",
            "other-branch",
            "Your derivative is that of another branch of f than the one this point lies on.",
            "Take the same decisions in the derivative as in f, with the same comparisons.",
        ),
        Code(
            "GC113",
            "low-precision",
            "Your derivative is the right one, rounded: to single precision, to whole numbers, or to some decimals.",
            "Keep the result in float64; look for dtype=np.float32, astype, an integer array or round().",
        ),
        Code(
            "GC114",
            "one-edit",
            "One change in the source of your derivative makes it equal to the derivative of f: an operator, an index, "
            "a number, a factor or a term. It was found by trying, and it also holds at points that were kept back.",
            "Make that change if it is what was meant, then check again; the same may be true of a change elsewhere.",
        ),
        Code(
            "GC201",
            "kink",
            "f has no derivative at this point: the slopes from the left and from the right differ.",
            "Check beside the kink, or accept any value between the two slopes as a convention.",
        ),
        Code(
            "GC202",
            "jump",
            "f jumps at this point, so no slope exists there.",
            "Check away from the jump, or a smooth version of f; look at the comparison the report names.",
        ),
        Code(
            "GC203",
            "not-real",
            "An argument, the result or the derivative of f is not a finite real number here.",
            "Return a float or an array of floats, pass counts and flags as arguments that are not "
            "differentiated, choose a point where f is finite.",
        ),
        Code(
            "GC204",
            "noisy-function",
            "f moves by more than rounding between neighbouring points, so differences cannot decide.",
            "Tighten the tolerance of the solver inside f, or compute in float64, then check again.",
        ),
        Code(
            "GC205",
            "branch-value",
            "f branches exactly at this point and its code there is flat or different, while both sides "
            "share one slope.",
            "Differentiate what lies on both sides of the branch, not the value chosen at the point itself.",
        ),
        Code(
            "GC206",
            "not-deterministic",
            "Two calls of f at the same point give different values.",
            "Fix the seed inside f, or pass the random numbers in as an argument; keep no state between calls.",
        ),
        Code(
            "GC207",
            "mutates-input",
            "A function changes the array it was given.",
            "Work on a copy of the argument.",
        ),
        Code(
            "GC208",
            "stale-gradient",
            "Your derivative does not change with the point although it should, as if computed once and kept.",
            "Compute it at every call: a cache, a default argument or a global keeps the first answer.",
        ),
        Code(
            "GC209",
            "accuracy-limited",
            "The methods confirm your derivative only to fewer digits than asked for.",
            "Choose another point, rescale the inputs, or read the accuracy the report states as the result.",
        ),
        Code(
            "GC210",
            "cancellation",
            "The formula is right, but near-equal numbers are subtracted and their digits are lost.",
            "Rewrite the subtraction: expm1, log1p, a series near zero, half angles, the conjugate expression.",
        ),
        Code(
            "GC211",
            "flat",
            "f moves by less than its own rounding around this point, so no difference can be measured.",
            "Choose a point where f moves by more than its rounding, or subtract a large constant from f.",
        ),
        Code(
            "GC212",
            "remembers",
            "A function keeps results of earlier calls and lets them answer for other points: what it returns depends "
            "on what was asked before.",
            "Keep nothing between calls, or keep results under the exact arguments and not under rounded ones.",
        ),
        Code(
            "GC213",
            "order-dependent",
            "Your derivative uses what the last call of f left behind, not the point it is given.",
            "Compute it from its own argument; where f and its derivative share work, keep the point beside the result "
            "and compare it.",
        ),
        Code(
            "GC214",
            "special-point",
            "The point has zeros, ones, ties or saturated limits, where many mistakes cannot be seen; a point beside "
            "it was checked as well.",
            "Check at a point of ordinary numbers too; the report gives the command for the one it used.",
        ),
        Code(
            "GC215",
            "unfinished-iteration",
            "f stops an iteration while it still moves: the derivative of the steps that were made is another number "
            "than the derivative of the limit.",
            "Iterate until nothing moves any more, or differentiate the steps themselves.",
        ),
        Code(
            "GC216",
            "single-precision",
            "f or your derivative computes in single precision, so that its values carry about seven digits.",
            "Nothing is wrong; compute in float64 to see more digits.",
        ),
        Code(
            "GC301",
            "cannot-follow",
            "Automatic differentiation cannot follow an operation, so it gives no answer rather than a wrong one.",
            "Use the NumPy or math function the report names, or rely on differences for this function.",
        ),
        Code(
            "GC302",
            "no-symbolic",
            "SymPy gave no formula for this function.",
            "Nothing is wrong with the derivative: the other methods judge it.",
        ),
        Code(
            "GC303",
            "no-differences",
            "Finite differences gave no answer here.",
            "Choose a point around which f is defined.",
        ),
        Code(
            "GC304",
            "no-complex-step",
            "The complex step cannot pass through this function.",
            "Nothing is wrong with the derivative: the other methods judge it.",
        ),
        Code(
            "GC305",
            "no-handwritten",
            "The hand-written derivative gave no usable value.",
            "See that it takes the same arguments as f and returns numbers.",
        ),
        Code(
            "GC306",
            "no-exact",
            "Exact arithmetic cannot say an operation of this function.",
            "Nothing is wrong with the derivative: the other methods judge it.",
        ),
        Code(
            "GC390",
            "our-bug",
            "Methods that share one recording contradict each other: a mistake of this tool.",
            "Please report it with the function and the command under again.",
        ),
        Code(
            "GC391",
            "misread",
            "What reads the recorded run differs from what the code does: automatic differentiation is "
            "not trusted here.",
            "Look for an inner iteration or hidden state; where there is none, please report it.",
        ),
        Code(
            "GC392",
            "no-value",
            "The rules of differentiation meet 0 times infinity in an operation of f, yet f has a derivative here.",
            "Rewrite the expression, such as x*x for sqrt(x**4); where np.where picks a branch, make the argument of "
            "the other branch harmless first.",
        ),
        Code(
            "GC900",
            "cannot-check",
            "The check could not be made.",
            "Read the sentence and the hint of the report.",
        ),
        Code(
            "GC901",
            "your-code-raised",
            "Your function raised an exception at this point.",
            "Choose a point where the function works, or repair the line the report names.",
        ),
        Code(
            "GC902",
            "bad-point",
            "--at is not a point of this function: not JSON, or another number of values than it needs.",
            "Write one array as --at '[1.5, 0.7, 2]', several parameters as --at '{\"x\": 1.5}'.",
        ),
        Code(
            "GC903",
            "import-failed",
            "The file could not be imported.",
            "Repair the line the report names, or run gradcheck in the environment where the file imports.",
        ),
        Code(
            "GC904",
            "no-point",
            "No point was found at which the function works.",
            "Give one with --at.",
        ),
        Code(
            "GC905",
            "bad-target",
            "The target, or the function or derivative named in it, does not exist or cannot be used.",
            "Write TARGET as path.py:function or package.module:function.",
        ),
        Code(
            "GC906",
            "bad-option",
            "An option has a value it cannot have, or does not exist.",
            "gradcheck check --help lists the options and their values.",
        ),
    )
}
