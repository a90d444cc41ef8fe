"""Verbs that write to the catalogue, one file each; keyword-only, one transaction each."""
