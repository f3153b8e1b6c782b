"""livesession: the live thread of a council's sitting, from agenda to minutes."""

__version__ = "0.1.0"
