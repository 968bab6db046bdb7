"""From pages to a site: MkDocs and its Material theme frame finished pages. Nothing else imports MkDocs."""
