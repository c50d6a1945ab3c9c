"""The view *cases*, and the way in."""
