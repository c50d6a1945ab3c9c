"""Why a forecast says what it says, and what would have to change."""
