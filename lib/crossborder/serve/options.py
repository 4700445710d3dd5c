"""What a start of the server may choose, and the Voila configuration that follows from it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from traitlets.config import Config

from crossborder.serve.build import built_folder
from crossborder.serve.notebooks import default_root
from crossborder.serve.words import page_words

LEAN = "crossborder"
STOCK = "crossborder_stock"
FIRST_PORT = 8866

# The widget manager and anywidget are needed; these are not, and the first alone is 5 MB on every page.
# (An allow list would be neater, but with one Voila's own widget registry is left out and no widget shows.)
UNUSED_EXTENSIONS = ["jupyterlab-plotly", "jupyterlab_pygments", "@voila-dashboards/jupyterlab-preview"]


def content_security_policy(template: str) -> str:
    """Pages may talk to this server and to nobody else.

    In the lean page no script stands in the page itself; an anywidget's own comes from its model, as a blob. Voila's
    front end writes scripts into the page and compiles some at run time, so there both must be allowed.
    """
    scripts = "'self' blob:" if template == LEAN else "'self' 'unsafe-inline' 'unsafe-eval' blob: data:"
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    )


@dataclass(frozen=True)
class ServeOptions:
    """One start of the server."""

    root: Path = field(default_factory=default_root)
    port: int | None = None  # None: FIRST_PORT or the next free one
    open_browser: bool = True
    preheat: bool = True
    fork_kernels: bool = True  # from a process that has loaded everything, where the system can do it
    data: Path | None = None
    max_sessions: int = 30
    idle_minutes: float = 30.0
    left_minutes: float = 5.0  # a page that went without a farewell may have lost its line only and come back
    pages_ready: int = 6  # landing page and dashboards always, then the pages visited last
    fill_delay_seconds: float = 3.0  # the page that took a waiting kernel draws before the next is made
    pool_check_seconds: float = 5.0
    spare_memory_gb: float = 1.0  # below this, nothing waits for pages that were merely visited
    cell_seconds: int = 60
    session_memory_gb: float = 4.0
    upload_mb: int = 100
    file_mb: int = 50
    template: str = LEAN
    base_url: str = "/"  # behind a proxy: the path under which it offers the workbench
    host_name: str = ""  # behind a proxy: the name by which browsers call it

    @property
    def cull_interval_seconds(self) -> int:
        """How often kernels that nobody needs are looked for: each minute, oftener when they may not stay as long."""
        return max(1, min(60, round(min(self.idle_minutes, self.left_minutes) * 60 / 4)))


def tornado_settings(options: ServeOptions) -> dict[str, Any]:
    """Settings of the web server itself; they must be there before the application is built."""
    return {
        "websocket_max_message_size": options.upload_mb * 1024 * 1024,
        # Only names of this machine are answered, so that a web page elsewhere cannot reach in by another name
        "allow_remote_access": False,
        "local_hostnames": ["localhost", *([options.host_name] if options.host_name else [])],
        "headers": {
            "Content-Security-Policy": content_security_policy(options.template),
            "Referrer-Policy": "same-origin",
        },
    }


def voila_config(options: ServeOptions) -> Config:
    """The configuration handed to Voila."""
    config = Config()
    config.Voila.ip = "127.0.0.1"
    config.Voila.base_url = options.base_url
    config.Voila.root_dir = str(options.root)
    config.Voila.open_browser = False
    config.Voila.config_file_paths = []  # a voila.json lying about must not change what is said here
    config.Voila.auto_token = True
    config.Voila.log_level = "WARN"

    config.VoilaConfiguration.template = options.template
    config.VoilaConfiguration.theme = "light"
    config.VoilaConfiguration.allow_template_override = "NO"  # another template or theme would bypass ready kernels
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.extension_denylist = UNUSED_EXTENSIONS
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.http_keep_alive_timeout = 5  # also how soon a visitor who left is noticed
    config.VoilaConfiguration.file_allowlist = [r"images/[\w-]+\.(png|svg)"]
    config.VoilaConfiguration.preheat_kernel = options.preheat
    shown = {"words": page_words(), "look": look(), "upload_mb": options.file_mb}
    if options.template == LEAN:
        shown["page_look"] = page_look()
    config.VoilaConfiguration.resources = {"crossborder": shown}
    config.VoilaExporter.markdown_renderer_class = "crossborder.serve.prose.Prose"
    config.VoilaConfiguration.multi_kernel_manager_class = "crossborder.serve.kernels.BoundedKernels"
    config.BoundedKernels.memory_gb = options.session_memory_gb
    config.BoundedKernels.left_minutes = options.left_minutes

    # KeptReady alone decides what waits
    config.VoilaKernelManager.kernel_pools_config = {"default": {"pool_size": 0, "kernel_env_variables": {}}}

    config.VoilaExecutor.timeout = options.cell_seconds
    config.VoilaExecutor.iopub_timeout = options.cell_seconds  # with less, a busy server loses what a cell shows
    config.VoilaExecutor.cell_error_instruction = ""
    config.VoilaExecutor.cell_timeout_instruction = ""

    config.MappingKernelManager.cull_idle_timeout = round(options.idle_minutes * 60)
    config.MappingKernelManager.cull_interval = options.cull_interval_seconds
    config.MappingKernelManager.cull_connected = True  # a page left open must not hold its kernel for ever
    config.KernelManager.transport = "ipc"  # messages between server and kernels stay off the network
    config.KernelManager.autorestart = False  # a kernel that comes back empty looks alive and is not
    return config


def look() -> str:
    """Every style sheet of pages and widgets; notices need no more than its beginning and are small enough with all."""
    library = Path(__file__).resolve().parent.parent
    sheets = ("apps/colours.css", "apps/look.css", "apps/front/widgets.css", "lessons/lessons.css")
    return "\n".join((library / name).read_text(encoding="utf-8") for name in sheets)


def page_look() -> str:
    """Everything a lean page shows itself with, so that no fetched sheet stands between its text and the reader."""
    static = built_folder().parent
    sheets = (static / "built" / "lean.css", static / "page.css")
    return "\n".join([*(sheet.read_text(encoding="utf-8") for sheet in sheets), look()])
