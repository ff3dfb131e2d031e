import mimetypes, getpass, socket, os

print(mimetypes.guess_type("a.html"))
mimetypes.init()
print(bool(getpass.getuser()))
try:
    print(socket.getservbyname("http"))
except OSError as e:
    print("no", e)
for p in ("/proc/meminfo", "/etc/mime.types", "/etc/services", "/etc/passwd", "/proc/cpuinfo", "/etc/protocols"):
    if os.path.exists(p):
        open(p).read()
        print(p, "read")
    else:
        print(p, "absent")
print(os.cpu_count() > 0)
