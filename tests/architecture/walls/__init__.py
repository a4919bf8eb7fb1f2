"""What attacks on the platform's walls share: a world of canaries, and what each address means."""
