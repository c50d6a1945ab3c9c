"""The view *Briefs*, and the making of editions behind it."""
