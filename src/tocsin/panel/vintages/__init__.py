"""What was known on a date."""
