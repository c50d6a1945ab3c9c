"""The workbench: pages, made from editions and the record, for people who would rather look than read."""
