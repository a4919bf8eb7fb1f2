"""Reading steel specifications: from what people write to a standardised material, or to a question."""
