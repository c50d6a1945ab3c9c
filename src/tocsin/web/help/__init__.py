"""The view *help*: the guided first run, and the manual."""
