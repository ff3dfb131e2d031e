"""Tries: replace the system's calls by which its process is left and its messages are sent.
For: 08_timeouts_and_cancellation/05_cancel_and_join
Must: earn nothing
"""

import os
import socket


def sent(*arguments):
    return 0


os._exit = lambda code: None
os.write = sent
socket.socket.sendall = sent


async def stop(workers):
    return [worker.get_name() for worker in workers]
