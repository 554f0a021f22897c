"""The recurrent cells.

spec.py says what a cell is; rnn.py, lstm.py, gru.py and their kin each have
one specification, and registry.py has all of them by name. equations.py are
the three cells of the course. reference.py runs any cell and records
everything; fast.py and its kin train the three of the course, and packing.py
converts between the parameters of both forms.
"""
