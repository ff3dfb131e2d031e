import socket
import threading
import time


def slow(listener):
    connection, _ = listener.accept()
    with connection:
        time.sleep(2)
        connection.sendall(b"late")


started = time.monotonic()


def since():
    return round(time.monotonic() - started, 1)


with socket.create_server(("127.0.0.1", 0)) as listener:
    threading.Thread(target=slow, args=(listener,)).start()
    with socket.create_connection(listener.getsockname(), timeout=0.75) as client:
        for _ in range(4):
            try:
                print(client.recv(10), since())
                break
            except TimeoutError as error:
                print(type(error).__name__, error, since())
    listener.settimeout(0.5)
    try:
        listener.accept()
    except socket.timeout as error:
        print("nobody came:", error, since())
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with udp:
        udp.bind(("127.0.0.1", 0))
        udp.settimeout(0.25)
        threading.Timer(0.1, udp.sendto, args=(b"to myself", udp.getsockname())).start()
        print(udp.recvfrom(100)[0], since())
        try:
            udp.recvfrom(100)
        except TimeoutError:
            print("no more datagrams", since())
