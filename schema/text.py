"""Look-up keys for Arabic: what may differ in writing without changing which word is meant."""

from __future__ import annotations

import re
from functools import lru_cache

#: Arabic diacritics, Quranic marks, dagger alef, tatweel, zero-width and direction characters.
MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
)
_MARKS = re.compile(f"[{MARKS}]")
#: Persian and Kurdish letters go with the Arabic ones that stand for them in most papers (پیشمرگه، بيشمركة).
_FOLD = str.maketrans("أإآٱىئؤةگکیھپچڤ", "اااايءءهككيهبجف")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """A look-up key: no marks; one alef, one yeh, one hamza seat, one heh; Latin in lower case."""
    return _MARKS.sub("", text).translate(_FOLD).replace("ء", "").lower()


def bare(text: str) -> str:
    """`fold` without the article: القوات and قوات give the same key."""
    key = fold(text)
    return key[2:] if key.startswith("ال") and len(key) > 4 else key
