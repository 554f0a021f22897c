"""The engine: recurrent networks in NumPy.

cells/ has the equations of the cells, a reference form that records everything
(trace.py) and the fast forms for training; models.py combines cells and layers
into whole networks.
"""
