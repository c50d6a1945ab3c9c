"""Commands of the record, each in the file of its group."""

from cyclopts import App

from tocsin.cli.record_documents import documents
from tocsin.cli.record_exchange import check, export, import_
from tocsin.cli.record_history import history, undo
from tocsin.cli.record_judging import grade_source, judge
from tocsin.cli.record_removing import remove_person
from tocsin.cli.record_search import search
from tocsin.cli.record_show import show

record = App(name="record", help="The record: search it, check its quotes, take it out as one file and put it back.")
record.command(search)
record.command(show)
record.command(check)
record.command(documents)
record.command(history)
record.command(undo)
record.command(grade_source, name="grade-source")
record.command(judge)
record.command(remove_person, name="remove-person")
record.command(export)
record.command(import_, name="import")
