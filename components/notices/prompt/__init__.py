"""The just-in-time prompt, over the host's screen or in place, and what the system bars."""

from .prompt import Prompt, PromptChoice, PromptInPlace, PromptStage, prompt_body
from .system import SystemHelp

__all__ = ["Prompt", "PromptChoice", "PromptInPlace", "PromptStage", "SystemHelp", "prompt_body"]
