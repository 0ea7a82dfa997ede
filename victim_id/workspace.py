"""Everything a signed-in worker can do."""
