"""Keys, wrapping, sealing and signing."""
