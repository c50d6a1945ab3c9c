"""What is decided: where parties settle, what options risk, and what would change the choice. Pure computation."""
