import os
import socket

server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
while True:
    connection, _ = server.accept()
    request = connection.recv(65536)
    if b"/other" in request:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7")
    else:
        connection.sendall(b"\x1b[2J\x1b[H\x1b[1;32m2 of 2 passed\x1b[0m\rpassed\x1b]0;passed\x07\x9b31m\r\n\r\n")
    connection.close()
