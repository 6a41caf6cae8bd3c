"""``python -m gradcheck_tool`` is ``gradcheck``."""

import sys

from gradcheck_tool.cli import main

if __name__ == "__main__":
    sys.exit(main())
