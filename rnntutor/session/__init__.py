"""A learning session without a user interface: pages, stages, questions and quizzes.

Every state is frozen; every action is a function from a state to the next one. The screens and the
plain mode only show states and pass on what the learner does.
"""
