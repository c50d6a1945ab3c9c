"""The steps by which an older record becomes one of today; alembic walks them when a record is opened."""
