import os
import socket
import time

server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
while True:
    connection, _ = server.accept()
    request = connection.recv(65536)
    if b"/other" in request:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7")
    else:
        connection.sendall(b"HTTP/1.1 200 OK\r\nname: ")
        while True:
            connection.sendall(b"x")
            time.sleep(0.1)
    connection.close()
