"""What the user can be told when something cannot be done: a sentence, a place, a remedy."""

from __future__ import annotations


class Complaint(Exception):  # noqa: N818 - a complaint is about the user's code, not an error of ours
    """A failure that is not ours: one clear sentence, where it is, and what to do about it.

    Parameters
    ----------
    sentence
        What happened, naming the user's own function, file or option.
    code, kind
        Stable identification such as ``GC902`` and ``bad-point``.
    where
        ``path:line``, or empty when no place in a file is to blame.
    remedy
        One imperative sentence, lower case, without a full stop.
    details
        Further lines to be shown as they are: the user's frames, a caret under an option.
    """

    def __init__(  # noqa: PLR0913 - the parts of a message, and only the sentence is always given
        self,
        sentence: str,
        *,
        code: str = "GC900",
        kind: str = "cannot-check",
        where: str = "",
        remedy: str = "",
        details: tuple[str, ...] = (),
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.kind = kind
        self.where = where
        self.remedy = remedy
        self.details = details

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f"; {self.remedy}" if self.remedy else ""
        return f"{self.sentence}{place}{advice}"


class CannotFollow(Complaint):
    """The user's code did something with a recorded value that no rule of ours can follow."""

    def __init__(self, sentence: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(sentence, code="GC301", kind="cannot-follow", where=where, remedy=remedy)


class DerivativeWarning(UserWarning):
    """The derivative of the run as recorded may not be the derivative of the function at this point."""
