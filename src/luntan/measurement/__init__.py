"""Stated figures with their bounds, what they count, and whether they add up."""

from luntan.measurement.checks import check_arithmetic
from luntan.measurement.conflicts import conflicts
from luntan.measurement.quantities import quantities

__all__ = ["check_arithmetic", "conflicts", "quantities"]
