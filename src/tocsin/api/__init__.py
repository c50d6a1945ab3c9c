"""The Python API: the verbs of the command line, with the same words."""
