"""What can go wrong, drawn as a tree.

    CasecurvesError                something the person can act on; its text says what to do
      UsageError                   a command, option or case that does not exist (exit 2)
      DataError                    data that cannot be drawn; carries a Report (exit 1)
      KnowledgeError               a table of what the field knows that contradicts itself

Everything else that escapes is a bug in casecurves.
"""

from __future__ import annotations


class CasecurvesError(Exception):
    """Something the person can act on."""


class UsageError(CasecurvesError):
    """A command, an option or a case that does not exist."""


class DataError(CasecurvesError):
    """Data that cannot be used; the message lists what to mend."""


class KnowledgeError(CasecurvesError):
    """A table of what the field knows in which one name means two things; the message names both and the file."""
