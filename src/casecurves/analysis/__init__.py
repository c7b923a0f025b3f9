"""What the tables of a case say together: from tables to tables, no pictures; bounds where a case leaves it open."""

from casecurves.analysis.exposure import CourseExposure, Exposure, Extent, exposure

__all__ = ["CourseExposure", "Exposure", "Extent", "exposure"]
