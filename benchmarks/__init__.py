"""How fast it is, measured: one command repeats every figure, one file holds every result."""
