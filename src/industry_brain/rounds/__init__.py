"""Rounds: one pooled purchase with its calendar, items, invitations and rules."""
