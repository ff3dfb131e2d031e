"""Submissions that try to earn what they did not do, or to harm what is outside a play; and what must come of each."""
