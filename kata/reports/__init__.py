"""Reports: a Scorecard, drawn for people and for other programs; one module a format.

A report reads `kata.contract` and nothing else of the program, so that any
scorecard can be drawn again, whoever made it.
"""
