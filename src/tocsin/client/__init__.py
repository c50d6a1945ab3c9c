"""The workbench asked from Python: the words are those of the commands."""

from tocsin.client.client import Client
from tocsin.client.faults import Refused

__all__ = ["Client", "Refused"]
