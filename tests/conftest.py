"""Fixtures that every room's tests share."""

import shutil

import pytest

from tests.world import World, build_world


def pytest_addoption(parser):
    parser.addoption("--corpora", action="store_true", help="run the long tests on large or hostile inputs")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--corpora"):
        return
    skip = pytest.mark.skip(reason="long: run with --corpora")
    for item in items:
        if "corpora" in item.keywords:
            item.add_marker(skip)


@pytest.fixture
def world(db) -> World:
    """Two cities, five schools and one person of each kind: the actors of every rights test."""
    return build_world()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, kept from talking to anyone."""
    import os

    args = [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    if os.geteuid() == 0:
        args.append("--no-sandbox")
    return {"executable_path": shutil.which("chromium"), "args": args}
