"""Events to area x month, as known on a date."""
