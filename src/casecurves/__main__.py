"""``python -m casecurves`` is ``casecurves``."""

import sys

from casecurves.cli import main

sys.exit(main())
