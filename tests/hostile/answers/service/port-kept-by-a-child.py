import os
import socket
import sys
import time

server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
server.set_inheritable(True)
if not os.fork():
    os.setsid()
    os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(3600)", "backendlings-attack"])
while True:
    connection, _ = server.accept()
    other = b"/other" in connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + (b"7" if other else b"0"))
    connection.close()
