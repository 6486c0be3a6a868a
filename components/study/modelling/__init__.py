"""Models of what one person does several times, by statsmodels: for the researcher's computer.

The extra ``study`` installs it. The measures that a device needs are in ``measures``.
"""
