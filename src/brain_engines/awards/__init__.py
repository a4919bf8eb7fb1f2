"""Choose whom to buy from at the least evaluated cost, and prove that nothing is cheaper."""
