"""The watch screen: an exercise that is judged each time it is saved, and what came of it."""
