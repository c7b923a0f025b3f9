"""From values to a status: which rule says what, of which assessment, on what evidence."""

from casecurves.analysis.response.course import Counted, relapses, time_to
from casecurves.analysis.response.evidence import Evidence, judged
from casecurves.analysis.response.reading import Reading, applicable, readings, without_assay
from casecurves.analysis.response.stated import Difference, Stated, differences, stated
from casecurves.analysis.response.status import Assessment, Standing, assess

__all__ = [
    "Assessment",
    "Counted",
    "Difference",
    "Evidence",
    "Reading",
    "Standing",
    "Stated",
    "applicable",
    "assess",
    "differences",
    "judged",
    "readings",
    "relapses",
    "stated",
    "time_to",
    "without_assay",
]
