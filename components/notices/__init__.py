"""What is shown before and while a person decides: first notice, policy reader, prompts."""
