"""The untrusted side: plays a submission in a fresh, confined process and returns a recording."""
