"""The pages of the record: what each shows, worked out from the record and free of HTML."""
