"""The documented JSON shapes of the commands, the same for the command line, editions, the workbench and its API."""
