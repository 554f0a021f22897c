"""The program that runs a learner's functions, in a process of its own. Nothing of ours but this
package is imported there.

bounds    what keeps the learner's code from the rest of the machine
watch     the values that a function's lines make, while it runs
values    plain numbers in and out
again     a function with other values in the places of its own
train     a batch of sequences forward and back
troubles  what went wrong, in plain values
program   from a request to its answer
"""
