"""The program that runs a learner's functions in a separate process, which imports only this
package of ours.

bounds    limits what the learner's code can do to the machine
watch     records the values that a function's lines compute
values    encodes and decodes plain numbers
again     runs a function with some of its values replaced
train     runs a batch of sequences forward and backward
troubles  describes errors as plain values
program   answers requests
"""
