"""Files of the page template, each sent in the compressed form that lies beside it: nothing is compressed twice."""

import mimetypes
from pathlib import Path

from voila.static_file_handler import TemplateStaticFileHandler


class Precompressed(TemplateStaticFileHandler):
    """Sends ``lean.js.gz`` for ``lean.js`` to browsers that read it; the address is that of the file itself."""

    packed = False

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        found = super().validate_absolute_path(root, absolute_path)
        accepts = "gzip" in self.request.headers.get("Accept-Encoding", "")
        if found and accepts and not found.endswith(".gz") and Path(f"{found}.gz").is_file():
            self.packed = True
            return super().validate_absolute_path(root, f"{absolute_path}.gz")
        return found

    def get_content_type(self) -> str:
        if not self.packed:
            return super().get_content_type()
        return mimetypes.guess_type(str(self.absolute_path).removesuffix(".gz"))[0] or "application/octet-stream"

    def set_extra_headers(self, path: str) -> None:
        super().set_extra_headers(path)
        self.set_header("Vary", "Accept-Encoding")
        if self.packed:
            self.set_header("Content-Encoding", "gzip")
