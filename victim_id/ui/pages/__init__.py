"""One file for each page: it takes plain values, emits what the worker wants, and knows no other page."""
