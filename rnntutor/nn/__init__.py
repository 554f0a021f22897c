"""The engine: recurrent networks in NumPy and nothing else.

equations.py has the three cells in the words of the lecture, plain.py runs
them and records everything (trace.py), fast.py and its kin train them, and
models.py puts them together.
"""
