"""Downloads from publishers: resumable, verified, polite; one file for each publisher's layout."""

from tocsin.sources.fetch.client import make_client
from tocsin.sources.fetch.download import Step, fetch_file
from tocsin.sources.fetch.patience import Patience
from tocsin.sources.fetch.record import Fetched, Record
from tocsin.sources.fetch.ucdp import UcdpFile, candidate_file, fetch_ucdp, release_file

__all__ = [
    "Fetched",
    "Patience",
    "Record",
    "Step",
    "UcdpFile",
    "candidate_file",
    "fetch_file",
    "fetch_ucdp",
    "make_client",
    "release_file",
]
