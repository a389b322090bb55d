"""Reads foreign files, apart from Django, in a process that may die (see __main__).

Nothing is imported here: our own processes take the facts and leave the parsers outside.
"""
