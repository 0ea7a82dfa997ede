"""What authors of the content work with: the workbook of the ODK tools, there and back, and the content as TOML.

Knows the instrument and its languages; nothing of answers, cases or assessments.
"""
