"""A small knowledge base in files: what an editor would have on the first day, with real sound and words."""

from __future__ import annotations

import wave
from pathlib import Path

CASEBOOK = """\
title: お客様の声
language: ja
own_company: {name: 自社}
departments:
  - {id: sales, name: 営業}
  - {id: product, name: 開発}
products: [{id: tf14, name: フィールドノート}]
industries: [{id: power, name: 電力}]
audiences:
  - {id: sales-team, name: 営業部}
"""

CASE = """\
title: 冬の鉄塔
type: lost
customer: {name: 北辰電設, alias: 中部の保守会社, industry: power}
dates: {decision: 2025-01-20, interview: 2025-07-18}
consent: {recorded: true, given_by: 保全部 部長, given_on: 2025-07-18}
"""

TRANSCRIPT = """\
WEBVTT

q001
00:00:00.000 --> 00:00:01.000
<v 部長>手袋のまま使えないと困ります。

q002
00:00:01.000 --> 00:00:02.000
<v 聞き手>それはどんなときですか。
"""


def write_casebook(cases: Path, **slugs: str) -> Path:
    """Write casebook.yml and a case for each of `slugs` (`_` for `-`), with lines to add to its case.yml; `cases`."""
    cases.mkdir(parents=True)
    (cases / "casebook.yml").write_text(CASEBOOK, encoding="utf-8")
    for name, more in (slugs or {"a_case": ""}).items():
        folder = cases / name.replace("_", "-")
        folder.mkdir()
        (folder / "case.yml").write_text(f"{CASE}{more}", encoding="utf-8")
        (folder / "transcript.vtt").write_text(TRANSCRIPT, encoding="utf-8")
        with wave.open(str(folder / "audio.wav"), "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(b"\x00\x10" * 16_000)
    return cases
