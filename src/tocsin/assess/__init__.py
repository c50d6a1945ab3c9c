"""Where warnings, missions, options and the record meet: typed findings, no rendering."""
