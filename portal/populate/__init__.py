"""Volume for measuring: the figures of the platform's three-year report, or 10 or 100 times as much.

Everything is made up except names of organisations, places and topics; the words are those of the field, as often as
words come in real texts. The same seed makes the same records. Running again tops up to the figures, so that a run
which was killed is simply run again, and demonstration content counts towards them.
"""
