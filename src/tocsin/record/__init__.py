"""Documents, the claims made in them, whom they are about, and who decided what of them."""
