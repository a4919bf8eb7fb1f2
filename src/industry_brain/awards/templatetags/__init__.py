"""Filters of pages about awards."""
