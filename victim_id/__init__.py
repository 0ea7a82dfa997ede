"""Victim ID: an encrypted, offline assistant that helps to recognise victims of human trafficking."""

__version__ = "0.1.0"
