"""Bids: what each supplier offers in a round, unreadable to others until the opening."""
