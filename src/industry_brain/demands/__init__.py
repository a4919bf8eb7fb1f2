"""Demands: what each member wants in a round, and their pooling into items."""
