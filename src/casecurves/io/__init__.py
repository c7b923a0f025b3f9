"""How a case gets in and out."""

from casecurves.io.folder import open_case, read_case, read_library, shipped_cases
from casecurves.io.received import Received, receive
from casecurves.io.show import figures_to_json, summary, to_json, validation

__all__ = [
    "Received",
    "figures_to_json",
    "open_case",
    "read_case",
    "read_library",
    "receive",
    "shipped_cases",
    "summary",
    "to_json",
    "validation",
]
