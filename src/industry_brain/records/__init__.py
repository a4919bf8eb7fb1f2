"""Records: an append-only, hash-chained account of every operation, written in its transaction."""
