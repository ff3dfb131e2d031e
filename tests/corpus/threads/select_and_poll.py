import select
import socket
import threading
import time


def later(sock, seconds, data):
    time.sleep(seconds)
    sock.sendall(data)
    sock.close()


pairs = [socket.socketpair() for _ in range(3)]
readers = [here for here, _ in pairs]
for number, (_, there) in enumerate(pairs):
    threading.Thread(target=later, args=(there, 0.6 - 0.2 * number, b"from %d" % number)).start()
started = time.monotonic()
while readers:
    ready, _, _ = select.select(readers, [], [], 0.15)
    if not ready:
        print("nothing yet", round(time.monotonic() - started, 2))
    for sock in ready:
        data = sock.recv(100)
        print(data, round(time.monotonic() - started, 1))
        if not data:
            sock.close()
            readers.remove(sock)
here, there = socket.socketpair()
threading.Thread(target=later, args=(there, 0.3, b"polled")).start()
poll = select.poll()
poll.register(here, select.POLLIN)
print(poll.poll(100))
print(len(poll.poll(1000)), here.recv(100), round(time.monotonic() - started, 1))
here.close()
