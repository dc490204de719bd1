"""What a law finds is listed whole, one a line, with what to do: it is read once, by who has just met the law."""

MOST = 40  # of a law that all the house would break


def pytest_assertrepr_compare(config, op, left, right):
    """Of « found == [] » and its like."""
    if op != "==" or right or not left or not isinstance(left, list | set | dict):
        return None
    lines = [f"{key}: {value}" for key, value in left.items()] if isinstance(left, dict) else list(map(str, left))
    more = [f"and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return ["found, where nothing may be:", *lines[:MOST], *more]
