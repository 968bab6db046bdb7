"""Old and new forms of kanji that write the same name. Unicode's normal forms keep them apart."""

from __future__ import annotations

from functools import cache
from typing import Final

OLD_KANJI: Final = (
    "亜亞 圧壓 壱壹 隠隱 栄榮 営營 衛衞 円圓 塩鹽 応應 桜櫻 奥奧 温溫 絵繪 恵惠 拡擴 覚覺 学學 楽樂 関關 帰歸 気氣 "
    "暁曉 区區 勲勳 薫薰 径徑 経經 剣劍 県縣 険險 顕顯 広廣 鉱鑛 恒恆 黄黃 国國 斎齋 済濟 桟棧 蚕蠶 賛贊 実實 写寫 "
    "釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 処處 将將 称稱 焼燒 奨奬 証證 条條 乗乘 浄淨 嬢孃 静靜 穣穰 譲讓 真眞 尽盡 "
    "図圖 瀬瀨 斉齊 専專 戦戰 潜潛 禅禪 双雙 荘莊 装裝 総總 増增 蔵藏 続續 滞滯 台臺 滝瀧 沢澤 択擇 単單 団團 "
    "弾彈 昼晝 鋳鑄 庁廳 聴聽 鎮鎭 逓遞 鉄鐵 転轉 点點 伝傳 党黨 当當 灯燈 稲稻 徳德 独獨 弐貳 売賣 麦麥 発發 浜濱 "
    "仏佛 並竝 辺邊 変變 弁辨 宝寶 豊豐 万萬 満滿 黙默 弥彌 薬藥 訳譯 与與 予豫 余餘 誉譽 揺搖 様樣 来來 頼賴 "
    "覧覽 竜龍 両兩 緑綠 涙淚 塁壘 礼禮 霊靈 齢齡 恋戀 炉爐 労勞 郎郞 楼樓 湾灣 会會 画畫 岳嶽 巌巖 峡峽 検檢 駅驛 "
    "横橫 黒黑 歳歲 清淸 青靑 瓶甁 辞辭 体體 対對 闘鬪 届屆 富冨 歩步 毎每 桧檜 穂穗 蛍螢 芸藝 声聲"
)
"""Today's form and the older one, which 常用漢字表 (内閣告示第二号, 2010) has in brackets; those that names use."""

NAME_KANJI: Final = (
    "高髙 崎﨑嵜碕 辺邉 浜濵 島嶋嶌 斎斉 吉𠮷 土圡 館舘 涼凉 峰峯 藪籔薮 曽曾 角⻆ 柳栁 桑桒 "
    "徳悳 鴎鷗 渕淵 槙槇 橋𣘺 杉椙 昇曻"
)
"""Forms in family names that registers treat as one: MJ縮退マップ of 文字情報基盤 (文字情報技術促進協議会), and 斉 with
斎, which people write for one another. NFKC joins none of them."""


@cache
def todays_forms() -> dict[str, str]:
    """An older form -> today's."""
    table = {older: group[0] for group in (*NAME_KANJI.split(), *OLD_KANJI.split()) for older in group[1:]}
    # 齊 is 斉, and 斉 is 斎.
    return {older: table.get(today, today) for older, today in table.items()}
