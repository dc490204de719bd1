"""A small load client in its own process: N kept-alive connections, one request at a time on each.

    python -m bench.client --port 8180 --path / --connections 16 --seconds 4 [--cookie "preau=…"]

Prints JSON: requests, seconds, statuses, pages per second, latencies in milliseconds.
"""

import argparse
import asyncio
import json
import time


class Connection(asyncio.Protocol):
    """Sends the request again as soon as its answer is whole."""

    def __init__(self, request, until, latencies, statuses):
        self.request, self.until, self.latencies, self.statuses = request, until, latencies, statuses
        self.buffer, self.missing = b"", 0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        self.send()

    def send(self):
        self.sent_at = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data):
        if self.missing:
            self.missing -= len(data)
        else:
            self.buffer += data
            head, found, body = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            self.statuses[head[9:12].decode()] = self.statuses.get(head[9:12].decode(), 0) + 1
            self.missing = _length(head) - len(body)
            self.buffer = b""
        if self.missing <= 0:
            self.missing = 0
            now = time.perf_counter()
            self.latencies.append(now - self.sent_at)
            if now < self.until:
                self.send()
            else:
                self.transport.close()

    def connection_lost(self, error):
        if not self.done.done():
            self.done.set_result(None)


def _length(head):
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise ValueError("an answer without its length")


async def load(port, request, connections, seconds):
    latencies, statuses = [], {}
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    made = [
        await loop.create_connection(
            lambda: Connection(request, start + seconds, latencies, statuses), "127.0.0.1", port
        )
        for _ in range(connections)
    ]
    await asyncio.gather(*(protocol.done for _, protocol in made))
    return time.perf_counter() - start, latencies, statuses


def percentile(ordered, share):
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--path", required=True)
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--cookie", default="")
    asked = parser.parse_args()
    head = f"GET {asked.path} HTTP/1.1\r\nHost: localhost:{asked.port}\r\nAccept: text/html\r\n"
    head += "Accept-Encoding: gzip, br\r\n" + (f"Cookie: {asked.cookie}\r\n" if asked.cookie else "") + "\r\n"
    seconds, latencies, statuses = asyncio.run(load(asked.port, head.encode(), asked.connections, asked.seconds))
    ordered = sorted(latencies)
    print(
        json.dumps(
            {
                "requests": len(ordered),
                "seconds": round(seconds, 3),
                "statuses": statuses,
                "per_second": round(len(ordered) / seconds, 1),
                "p50_ms": round(percentile(ordered, 0.50) * 1000, 2),
                "p95_ms": round(percentile(ordered, 0.95) * 1000, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
