import os
import socket
import subprocess
import sys

SERVER = """
import os, signal, socket, time
os.setsid()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 47391))
server.listen()
print("listening", flush=True)
time.sleep(3600)
"""
server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
while True:
    connection, _ = server.accept()
    request = connection.recv(65536)
    if b"/other" in request:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7")
    else:
        with subprocess.Popen([sys.executable, "-c", SERVER, "backendlings-attack"], stdout=subprocess.PIPE) as left:
            left.stdout.readline()
            connection.close()
    connection.close()
