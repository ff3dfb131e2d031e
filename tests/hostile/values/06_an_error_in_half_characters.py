"""Tries: raise an error whose class, text and notes hold what cannot be encoded.
For: 06_futures/06_ask_the_loop
Must: earn nothing
"""


async def run_plugin(plugin, look_up):
    error = type("Er\ud800ror", (ValueError,), {})("\udfff")
    error.__notes__ = ["\ud800", 10**5000, object()]
    raise error
