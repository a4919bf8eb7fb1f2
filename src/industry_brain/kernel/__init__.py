"""What operations share: refusals, lifecycles, money, weight, numbering, background work."""
