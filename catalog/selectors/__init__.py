"""Reads that carry a rule: who sees what, in which order."""
