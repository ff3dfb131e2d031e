import socket
import threading
import time

clients = []
lock = threading.Lock()


def serve_one(connection, name):
    with connection:
        while data := connection.recv(100):
            with lock:
                others = [each for each in clients if each is not connection]
            for other in others:
                other.sendall(name.encode() + b": " + data)


def accept_all(listener, count):
    for number in range(count):
        connection, _ = listener.accept()
        with lock:
            clients.append(connection)
        threading.Thread(target=serve_one, args=(connection, f"client {number}"), daemon=True).start()


def client(address, name, says_at, log):
    with socket.create_connection(address, timeout=1.0) as sock:
        started = time.monotonic()
        time.sleep(says_at)
        sock.sendall(f"hello from {name}".encode())
        while True:
            try:
                log.append((name, sock.recv(100).decode(), round(time.monotonic() - started, 1)))
            except TimeoutError as error:
                log.append((name, str(error), round(time.monotonic() - started, 1)))
                return


with socket.create_server(("127.0.0.1", 0)) as listener:
    threading.Thread(target=accept_all, args=(listener, 3), daemon=True).start()
    logs = [[], [], []]
    threads = []
    for index, name in enumerate(("ann", "bob", "cid")):
        thread = threading.Thread(target=client, args=(listener.getsockname(), name, 0.2 + 0.2 * index, logs[index]))
        thread.start()
        threads.append(thread)
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    for log in logs:
        for line in log:
            print(*line)
