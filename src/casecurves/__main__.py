"""``python -m casecurves`` is ``casecurves``."""

import sys

from casecurves.cli import main

# A process that helps to make a batch of pictures reads this file, too.
if __name__ == "__main__":
    sys.exit(main())
