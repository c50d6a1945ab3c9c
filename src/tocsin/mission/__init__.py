"""What a mission reaches, misses and rests on: pure computation on frozen values."""
