"""Code exercises: compare a learner's NumPy function with the engine and find where it departs.

formulas      equations as small syntax trees: parse, evaluate, write as LaTeX
cases         one run of an exercise: the function's arguments and every quantity of the engine
computations  the twelve exercises, formula by formula
child         the program that runs a learner's functions in a separate process
process       starts, bounds and ends that process
runner        calls a function with given arguments and reads the result
seams         instruments a function's source so that its values can be recorded and replaced
candidates    the intended meanings of a value: quantities, arguments, parts of formulas
leaves        recognises known arrays inside a value
recognition   recognises all values of a run
substitutions the replacements to try for a value
mistake       chooses, among the replacements that mend the function, the actual mistake
locate        finds the definition at which a function departs from the engine
slips         common kinds of mistakes, tried on the wrong value
check         all of the above: the finding of one check
gradients     the gradient check: analytic against numerical gradients

Functions that pass are used elsewhere:

pool          matches the values of one call with quantities of the engine
follow        calls a function along a run of the engine
stages        a run with the learner's values
own_net       a network with the learner's cell
own_race      trains that network beside the engine's
"""
