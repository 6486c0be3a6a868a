"""The just-in-time prompt, over the host's screen or in place."""

from .prompt import Prompt, PromptChoice, PromptInPlace

__all__ = ["Prompt", "PromptChoice", "PromptInPlace"]
