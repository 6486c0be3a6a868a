"""Agreeing to be studied, which is not what is studied."""

from .research_consent import ResearchConsent as ResearchConsent
