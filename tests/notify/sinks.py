"""A mail relay and a push service on this machine, for tests that kill who speaks to them: what each accepted."""

import http.server
import socketserver
import threading
from collections import defaultdict


class Relay(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as one plain mail needs. A mail is accepted as its dot is answered."""

    def handle(self):
        self.say("220 sink")
        to = ""
        for line in self.rfile:
            word = line.strip().upper()
            if word.startswith(b"RCPT TO:"):
                to = line.split(b"<")[1].split(b">")[0].decode()
                self.say("550 no such box" if to in self.server.unknown else "250 ok")
            elif word == b"DATA":
                self.say("354 go on")
                self.read(to)
            elif word == b"QUIT":
                self.say("221 bye")
                break
            else:
                self.say("250 sink")

    def read(self, to):
        message_id = ""
        for line in self.rfile:
            if line == b".\r\n":
                self.server.accepted[to].append(message_id)
                self.say("250 taken")
                return
            if line.lower().startswith(b"message-id:"):
                message_id = line.split(b":", 1)[1].strip().decode()

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class PushService(http.server.BaseHTTPRequestHandler):
    """Takes every push (RFC 8030, 5): its address is its path."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.accepted[self.path].append(self.headers["Topic"])
        self.send_response(201)
        self.end_headers()

    def log_message(self, *words):
        pass


class Sink(socketserver.ThreadingTCPServer):
    """Served in a thread; `accepted` is {to whom: [each copy]}."""

    daemon_threads = allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, handler, unknown=()):
        super().__init__(("127.0.0.1", 0), handler)
        self.accepted, self.unknown = defaultdict(list), set(unknown)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *raised):
        self.shutdown()
        super().__exit__(*raised)

    def handle_error(self, request, client_address):
        """Who was speaking is dead: that is what is tested."""

    @property
    def count(self):
        return sum(map(len, list(self.accepted.values())))
