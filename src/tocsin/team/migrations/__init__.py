"""The steps that bring a team's database up to this version."""
