"""Code exercises: a learner writes the NumPy of a cell and is shown where it departs from the
engine.

formulas    equations as small syntax trees: read, evaluated, written as mathematics
cases       one run of an exercise: what the function is given, and every quantity of the engine
computations  what the twelve exercises compute, formula by formula
child       the program that runs a learner's functions, in a process of its own
process     starts that process, bounds it and ends it
runner      what a function did with given arguments
seams       the source of a function, sewn so that its values can be seen and replaced
candidates  what a value may be: quantities, arguments, parts of formulas
leaves      which of them stand in a value of the learner's
recognition   the same for all values of a run
places      what may be put in the places of a learner's values
mistake     which of them is the mistake
locate      the definition at which a function departs from the engine
slips       known kinds of mistakes, tried on the value there
check       all of it, in order: the finding of one check
gradients   the gradient check: what was returned beside what is measured from the loss

and what passes is put to work:

pool        which numbers that a function made are a quantity of the engine
follow      how a function is called along a run of the engine
stages      a run whose values are the learner's
own_net     a net whose cell is the learner's
own_race    the training of that net beside the engine's
"""
