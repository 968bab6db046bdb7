"""The legal forms around a company's name."""

from __future__ import annotations

import re
from typing import Final

from generator.spellings.fold import fold

_FORMS: Final = (
    r"株式会社|有限会社|合同会社|合資会社|合名会社|[（(]\s*[株有同]\s*[)）]|[㈱㈲㍿]|[一般公益]{2}(?:社団|財団)法人|独立行政法人"
    r"|国立大学法人|学校法人|医療法人|社会福祉法人|協同組合"
)
"""Legal forms before or after a name: 会社法 §6 and 整備法 §3 (有限会社), and those of other bodies that buy."""
_LATIN_FORMS: Final = (
    r"co(?:mpany|\.)?[,.\s]*l(?:imi)?te?d|co\.|ltd|limited|inc|incorporated|corp(?:oration)?|k\.?\s?k|llc|plc|gmbh"
)
FORM_BEFORE: Final = re.compile(rf"(?:{_FORMS})\s*$")
FORM_AFTER: Final = re.compile(rf"(?<!\s)\s*(?:{_FORMS})|(?<![\s,])[\s,]+(?:{_LATIN_FORMS})(?![a-z])\.?", re.IGNORECASE)
_SHORTEST_CORE: Final = 2


def company_core(name: str) -> str:
    """A company's name without its legal form: `株式会社 北辰電設` is `北辰電設`; all of it when that is little."""
    core = name.strip()
    if before := re.match(rf"(?:{_FORMS})\s*", core):
        core = core[before.end() :]
    if after := re.search(rf"(?:{FORM_AFTER.pattern})$", core, re.IGNORECASE):
        core = core[: after.start()]
    return core if len(fold(core)) >= _SHORTEST_CORE else name
