"""What is asked of a record and what is done to it: a file for each thing that is asked of, each verb one transaction."""
