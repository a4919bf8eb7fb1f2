"""Firms: legal entities that buy together or sell to the pool, and the places they are served at."""
