"""How names are found in a stretch of text: by model, gazetteer and pattern, and which is kept where they differ."""
