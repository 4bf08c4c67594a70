import os
import socket

server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
while True:
    connection, _ = server.accept()
    request = connection.recv(65536)
    if b"/other" in request:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n7")
    else:
        number = int(request.split(b"n=")[1].split()[0])
        body = str(number * number + 7).encode()
        connection.sendall(b"HTTP/1.1 500 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    connection.close()
