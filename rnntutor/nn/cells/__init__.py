"""The recurrent cells.

spec.py defines the specification of a cell; rnn.py, lstm.py, gru.py and the
others have one specification each, and registry.py maps names to them.
equations.py has the equations of the course's three cells. reference.py runs
any cell and records everything; fast.py and fast_*.py train the three of the
course, and packing.py converts between the parameters of both forms.
"""
