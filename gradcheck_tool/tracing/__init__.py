"""How a run of user code becomes data.

Start with `record`: it lifts the names the function can reach, calls it on recorded values and freezes
the columns into a `Trace`.
"""

from gradcheck_tool.tracing.record import record, standing_for, verify
from gradcheck_tool.tracing.trace import Constant, Guard, Line, Trace

__all__ = ["Constant", "Guard", "Line", "Trace", "record", "standing_for", "verify"]
