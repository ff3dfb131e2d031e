"""Tries: connect to Unix sockets of the machine, abstract and by path, such as that of a container service.
For: 05_gather_and_wait/05_partial_failures
Must: earn nothing
"""

import socket


async def send_all(send, addresses):
    for path in ("/var/run/docker.sock", "/run/systemd/private", "\0/tmp/.X11-unix/X0", "/run/dbus/system_bus_socket"):
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(path)
            except OSError:
                continue
            return {address: "sent" for address in addresses}, {}
    return None
