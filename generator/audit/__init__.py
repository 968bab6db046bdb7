"""A built site, looked through for what it must not say. Knows nothing of how the site was made.

views   any file -> the texts in it, unpacked and unescaped
tags    what the containers of sound say beside the sound
index   the search index, which holds texts as pairs of letters
search  all secrets in all texts, on all cores             -> Leak
"""

from generator.audit.audit import Audit, NotASiteError, audit_site
from generator.audit.leak import Leak

__all__ = ["Audit", "Leak", "NotASiteError", "audit_site"]
