"""Which hidden cells of a table with totals can be found exactly: the bridges of a graph. Knows nothing of usage.

Each hidden cell is an edge between its line and its column, totals being a line and a column like others. What is
shown gives one equation for each line and each column. Up to signs they are the graph's incidence matrix, so a hidden
cell is determined if and only if its edge is on no cycle.
"""


def find_bridges(edges: list) -> list:
    """The edges (line, column), each given once, that are on no cycle."""
    near = {}
    for line, column in edges:
        near.setdefault((0, line), []).append((1, column))
        near.setdefault((1, column), []).append((0, line))
    rank, low, found = {}, {}, []
    for start in near:
        if start not in rank:
            for node, parent in reversed(_walk(near, start, rank)):
                low[node] = min([rank[node], *(low.get(other, rank[other]) for other in near[node] if other != parent)])
                if parent is not None and low[node] > rank[parent]:
                    found.append((node[1], parent[1]) if node[0] == 0 else (parent[1], node[1]))
    return found


def _walk(near, start, rank):
    """Depth first from `start`: each node met with the one it was met from, in that order; `rank` numbers them."""
    order, pending = [], [(start, None)]
    while pending:
        node, parent = pending.pop()
        if node not in rank:
            rank[node] = len(rank)
            order.append((node, parent))
            pending += [(other, node) for other in near[node] if other not in rank]
    return order


def reached(edges: list, line, without) -> tuple[set, set]:
    """The lines and columns that `line` reaches by the edges, `without` one of them."""
    lines, columns, grows = {line}, set(), True
    kept = [edge for edge in edges if edge != without]
    while grows:
        before = len(lines) + len(columns)
        columns |= {column for at, column in kept if at in lines}
        lines |= {at for at, column in kept if column in columns}
        grows = len(lines) + len(columns) > before
    return lines, columns
