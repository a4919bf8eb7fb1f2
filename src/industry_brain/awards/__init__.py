"""Awards: the proven cheapest choice of bids, everybody's share of the cost, and the approval."""
