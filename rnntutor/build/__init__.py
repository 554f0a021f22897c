"""Code exercises: a learner writes the NumPy of a cell and is shown where it departs from the
engine.

formulas    equations as small syntax trees: read, evaluated, written as mathematics
cases       one run of an exercise: what the function is given, and every quantity of the engine
computations  what the twelve exercises compute, formula by formula
child       the program that runs a learner's function, in a process of its own
runner      starts that process and bounds it
leaves      which of the engine's quantities stand in a value of the learner's
locate      (values by line, quantities) -> the first quantity that is nowhere, and its line
slips       known kinds of mistakes, tried on that one quantity
check       all of it, in order: the finding of one check
"""
