"""Deeds on a checkout: set-up, fonts, catalogues, codebook. None of them is part of the program."""
