"""The comparison with differences is shared with the room below."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tracing"))
