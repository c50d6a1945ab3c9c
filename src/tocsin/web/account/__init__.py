"""The views *account*, *admin*, *login* and *logout*."""
