"""A study as a page to hand over: what was found, how sure that is, and what it cannot say."""
