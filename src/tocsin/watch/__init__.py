"""The watch: what changed is rung, once, where somebody hears it."""
