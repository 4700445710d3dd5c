"""What every page needs is loaded, and what managers see first is drawn once, before kernels are forked.

Nothing here may leave a thread or compiled code that runs on several: neither lives on in a fork.
"""

import importlib
import pkgutil
import sys
import threading
from collections.abc import Callable, Iterator

# Loaded by a kernel when it starts, or at a page's first widget
MODULES = ("ipykernel.kernelapp", "ipykernel.zmqshell", "IPython.core.magics", "ipywidgets", "anywidget")
ROOMS = ("crossborder.apps", "crossborder.charts", "crossborder.lessons")


def policy_change() -> None:
    """The dashboard's first answer and its pictures, and a short full run."""
    from crossborder.apps.policy_change import PICTURES, quick_change
    from crossborder.ranking.compare import PolicyChangeScenario, change_policy

    answer = quick_change(PolicyChangeScenario())
    for picture in PICTURES.values():
        picture(answer).to_json()
    change_policy(PolicyChangeScenario(days=7, worlds=1))


REHEARSALS: tuple[Callable[[], None], ...] = (policy_change,)


def modules() -> Iterator[str]:
    """Names of the modules to load, rooms with all that is in them."""
    yield from MODULES
    for room in ROOMS:
        yield room
        for found in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            yield found.name


def warm_up() -> str:
    """Load and rehearse; returns why no kernel should be forked from here, or nothing where all is well."""
    for name in modules():
        importlib.import_module(name)
    for rehearse in REHEARSALS:
        rehearse()
    return obstacle()


def settle_in() -> None:
    """In a kernel: what modules do when they are loaded in one, and could not do before there was any."""
    from ipywidgets import register_comm_target

    from crossborder.apps.still import begin

    register_comm_target()
    begin()


def obstacle() -> str:
    """What of this process would not live on in a fork; nothing where there is no such thing."""
    threads = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    if threads:
        return f"these threads run: {', '.join(threads)}"
    if "numba" in sys.modules:
        import numba

        try:
            return f"compiled code started threads ({numba.threading_layer()})"
        except ValueError:  # numba's way of saying: none yet
            pass
    return ""
