"""The program behind asyncio-kata: play a submission, record what happened, judge the recording."""

__version__ = "0.1.0"
