"""The `dataset` extractor: rows of tables as claims whose citation is the cell."""

from tocsin.record.extract.dataset.dataset import DATASET

__all__ = ["DATASET"]
