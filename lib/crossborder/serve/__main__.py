"""``python -m crossborder.serve``."""

import sys

from crossborder.serve.command import main

if __name__ == "__main__":
    sys.exit(main())
