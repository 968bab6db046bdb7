"""Script of the gen-files plugin: announces every page to MkDocs as an empty Markdown file.

The hook beside it puts the finished pages in their place.
"""

from __future__ import annotations

from mkdocs_gen_files.editor import FilesEditor

from generator.site.state import state_of

editor = FilesEditor.current()
for page in state_of(editor.config).make_pages():
    with editor.open(f"{page.address}index.md", "w"):
        pass
