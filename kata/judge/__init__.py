"""The trusted side: hidden tests judge recordings, and verdicts and scores are made of what they find."""
