"""Coders in the loop: sheets to fill in, agreement between coders, and corrections that flow on."""

from luntan.coding.alpha import agreement
from luntan.coding.answers import read_coding
from luntan.coding.corrections import apply_coding, apply_themes, disagreements
from luntan.coding.qdpx import write_qdpx
from luntan.coding.sheet import coding_sheet
from luntan.coding.writing import write_coding_sheet

__all__ = [
    "agreement",
    "apply_coding",
    "apply_themes",
    "coding_sheet",
    "disagreements",
    "read_coding",
    "write_coding_sheet",
    "write_qdpx",
]
