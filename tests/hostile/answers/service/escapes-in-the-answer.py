import os
import socket

server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
while True:
    connection, _ = server.accept()
    request = connection.recv(65536)
    if b"/other" in request:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7")
    else:
        connection.sendall(
            b"HTTP/1.1 200 \x1b[2J\x1b[Hpassed\r\nX: \x1b]0;title\x07\r\n\r\n\x1b[2J\x1b[H\x1b[1;32m2 of 2 passed\x1b[0m\rpassed\x1b]8;;https://example.com\x1b\\passed\x1b]8;;\x1b\\\xff\x00\x9b31m"
        )
    connection.close()
