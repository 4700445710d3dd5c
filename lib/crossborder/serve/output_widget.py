"""An Output widget that does not lose the kernel's answer while a page is drawn.

While cells run, nbclient stands in for the browser and answers Output widgets over the kernel's shell channel, on which
it also waits for the cell's reply. ZeroMQ tells of a message once; a send takes that news with it, and the way on which
jupyter_client sends (a shadow of the socket) does not pass it on. A reply that comes in the same moment as such a send
then lies there unread, and the page waits until its cell's time is over. Looking at the socket's events passes the news
on. Measured, and how it was found: docs/decisions/0002-serving.md.
"""

from typing import Any

import zmq
from nbclient.output_widget import OutputWidget

MODULE, MODEL = "@jupyter-widgets/output", "OutputModel"


class WakingOutput(OutputWidget):
    """Looks at the channel after each message that it sends, which wakes whoever waits there for an answer."""

    def send(self, data: Any = None, metadata: Any = None, buffers: Any = None) -> None:
        super().send(data, metadata, buffers)
        self.kernel_client.shell_channel.socket.get(zmq.EVENTS)


def use_in(executor: Any) -> None:
    """Make an executor of notebooks stand in for Output widgets with this one."""
    executor.widget_registry[MODULE] = {MODEL: WakingOutput}
