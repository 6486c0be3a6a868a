"""Model bots: people who are none, through the real recorder and the real measures.

What is planted in them has to come out again; what is not there must not be found.
"""
