"""Code exercises: a learner writes the NumPy of a cell and is shown where it departs from the
engine.

formulas    equations as small syntax trees: read, evaluated, written as mathematics
cases       one run of an exercise: what the function is given, and every quantity of the engine
computations  what the twelve exercises compute, formula by formula
child       the program that runs a learner's functions, in a process of its own
process     starts that process, bounds it and ends it
runner      what a function did with given arguments
leaves      which of the engine's quantities stand in a value of the learner's
locate      (values by line, quantities) -> the first quantity that is nowhere, and its line
slips       known kinds of mistakes, tried on that one quantity
check       all of it, in order: the finding of one check
gradients   the gradient check: what was returned beside what is measured from the loss

and what passes is put to work:

pool        which numbers that a function made are a quantity of the engine
follow      how a function is called along a run of the engine
stages      a run whose values are the learner's
own_net     a net whose cell is the learner's
own_race    the training of that net beside the engine's
"""
