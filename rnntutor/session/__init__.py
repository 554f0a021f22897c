"""What happens, without a screen: pages, the transport of a stage, the course of a question.

Every state is frozen; every action is a function from a state to the next one. The screen and the
plain mode only show states and pass on what the learner does.
"""
