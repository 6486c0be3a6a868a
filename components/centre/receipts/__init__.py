"""Copies of a decision for the person to keep."""

from .copies import CopyKind, copy_of
from .keeping import KeepCopy, KeepCopyActs, SignedCopy

__all__ = ["CopyKind", "KeepCopy", "KeepCopyActs", "SignedCopy", "copy_of"]
