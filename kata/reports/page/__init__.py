"""The replay page: what a play's event loop did, turn by turn, in one file that needs no network."""
