"""The form in which an organisation's admin changes a template."""

from typing import TYPE_CHECKING

from django import forms
from django.core.files.uploadedfile import UploadedFile

# Generic only in the type stubs.
if TYPE_CHECKING:
    Sent = UploadedFile[bytes]
else:
    Sent = UploadedFile

TEMPLATE_LENGTH = 200_000
TOO_LONG = "The file can have 200,000 characters at most."


class TemplateForm(forms.Form):
    """The text of a template file, written here or sent as a file."""

    text = forms.CharField(
        label="The file",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "coprod-file-text"}),
    )
    file = forms.FileField(
        label="Or send a file from your computer",
        required=False,
        help_text="It takes the place of the text above. A plain text file that ends in .toml.",
        error_messages={"empty": "This file is empty.", "invalid": "This is not a file that can be read."},
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if sent := said.get("file"):
            said["text"] = self._read(sent)
            # What was in the file is what the page shows from now on.
            self.data = {"text": said["text"]}
        if len(said.get("text", "")) > TEMPLATE_LENGTH:
            self.add_error("text", TOO_LONG)
        if not said.get("text", "").strip() and not self.errors:
            self.add_error("text", "Write the template, or send its file.")
        return said

    def _read(self, sent: Sent) -> str:
        if (sent.size or 0) > TEMPLATE_LENGTH:
            self.add_error("file", TOO_LONG)
            return ""
        try:
            return bytes(sent.read()).decode("utf-8")
        except UnicodeDecodeError:
            self.add_error(
                "file", "This is not a plain text file (UTF-8). Save it as text and send it again."
            )
            return ""
