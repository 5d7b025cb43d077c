"""Explore the statements: choose among them, see them in their context, and take the choice along."""

from luntan.explorer.panel import explore
from luntan.explorer.selection import choose, explorable, in_period, write_selection

__all__ = ["choose", "explorable", "explore", "in_period", "write_selection"]
