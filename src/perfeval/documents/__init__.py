"""Documents as they are published, into tables: bytes to grids (one module a format), grids to evaluations."""
