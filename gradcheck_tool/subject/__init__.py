"""The subject: from the words a user types to his function, its points, and plain runs of it."""

from gradcheck_tool.subject.blame import blame
from gradcheck_tool.subject.find import find, from_callable
from gradcheck_tool.subject.packing import Leaf, Packing, Vector, leaves_of
from gradcheck_tool.subject.points import point_from, points
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.quiet import ExitError, quiet
from gradcheck_tool.subject.subject import Handwritten, Point, Subject
from gradcheck_tool.subject.wording import again, describe

__all__ = [
    "ExitError",
    "Handwritten",
    "Leaf",
    "Packing",
    "Point",
    "Problem",
    "Subject",
    "Vector",
    "again",
    "blame",
    "describe",
    "find",
    "from_callable",
    "leaves_of",
    "point_from",
    "points",
    "quiet",
]
