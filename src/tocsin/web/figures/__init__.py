"""What several views read off an edition: its areas and outlines, its warnings, and what may be asked of them."""
