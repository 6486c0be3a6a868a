"""Every number that a rule compares with, and where it comes from.

Lengths are counted in characters without blanks for Chinese and in words for English.
"""

from __future__ import annotations

from types import MappingProxyType

WORKING_DAYS_MOST = 15
"""Days in which a request is answered (App违法违规收集使用个人信息行为认定方法, part 6)."""

GUARDIAN_AGE = 14
"""Below this age a guardian consents (PIPL arts. 28 and 31)."""

CHILD_AGE_MOST = 16
"""A higher age in a text is about minors (未成年人, under 18), not about children."""

COMPLAINT_CHANNELS_LEAST = 2
"""Ways to complain, one of them not by voice (requirement R-056)."""

CARD_TITLE_MOST = MappingProxyType({"zh": 25, "en": 14})
CARD_BODY_MOST = MappingProxyType({"zh": 120, "en": 70})
"""The one-line and the card layer (requirement R-029); English after our own calibration."""

PROMPT_SLOT_MOST = MappingProxyType({"zh": 60, "en": 30})
"""One sentence beside a system prompt (requirement R-028); English after our own calibration."""

LABEL_COLUMNS_APART_MOST = 20
"""Half squares by which the label to refuse may be wider than the one to accept, or the other way
round; a choice of this project."""

POLICY_SENTENCE_MOST = MappingProxyType({"zh": 80, "en": 45})
POLICY_SENTENCE_P90 = MappingProxyType({"zh": 45, "en": 32})
SUMMARY_SENTENCE_MOST = MappingProxyType({"zh": 45, "en": 32})
SUMMARY_SENTENCE_MEAN = MappingProxyType({"zh": 25, "en": 20})
"""Language rule LX-08, calibrated on published policies; the English numbers follow plain-language
guides (15 to 20 words on average)."""

SUMMARY_READING_EASE_LEAST = 60.0
SUMMARY_GRADE_MOST = 8.0
POLICY_READING_EASE_LEAST = 45.0
POLICY_GRADE_MOST = 12.0
"""Flesch reading ease and Flesch-Kincaid grade (language rule LX-12)."""

READING_WORDS_LEAST = 30
"""A shorter text has no reading ease worth the name; a choice of this project."""

HEDGES_PER_THOUSAND_MOST = MappingProxyType({"zh": 8.0, "en": 12.0})
HEDGES_TEXT_LEAST = 200
"""Words such as 可能 and 相关 for 1,000 characters (LX-17; the sample had 16); English: 1,000
words, a choice of this project. Shorter texts are not judged."""

RARE_CHARACTERS_MOST = 0.005
"""Share of characters outside level 1 of GB 2312 (LX-11; the sample had 0.001)."""

RARE_TEXT_LEAST = 500
"""Chinese characters below which that share says nothing; a choice of this project."""

MARKED_SHARE_MOST = 0.15
"""Share of a policy marked as sensitive; above it nothing stands out (LX-18)."""

DUPLICATE_SENTENCE_LEAST = MappingProxyType({"zh": 24, "en": 14})
"""A shorter sentence may well stand twice; a choice of this project."""
