import socket

server = socket.create_server(("", 47391))
while True:
    connection, _ = server.accept()
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n7")
    connection.close()
