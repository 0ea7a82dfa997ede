"""Findings, levels and errors as sentences in a language."""
