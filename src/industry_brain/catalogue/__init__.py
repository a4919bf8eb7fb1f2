"""Catalogue: materials as standardised specifications, and their categories."""
