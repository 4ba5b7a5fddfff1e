"""What a name looks like, so that no two members have names that a reader takes for one.

An address (``names.slug_of``) tells ``Ada`` from ``Аda``, which begins with a Cyrillic letter; no reader does.
"""

from __future__ import annotations

import hashlib
import unicodedata

from verite.core.text.cleaning import inked, normalised

# Letters and digits that look like another in type such as ours. Small and large ones are told apart.
_LATIN = {
    "1Iɩӏ": "l",
    "0": "O",
    "ɑ": "a",
    "ɡ": "g",
    "ı": "i",
    "ᴄ": "c",
    "ᴏ": "o",
    "ᴜ": "u",
    "ᴠ": "v",
    "ᴡ": "w",
    "ᴢ": "z",
}
_CYRILLIC = dict(
    zip("АВЕЅЈКМНОРСТУХҮԌԚԜаеѕіјкорсухүһԁԛԝѵ", "ABESJKMHOPCTYXYGQWaesijkopcyxyhdqwv", strict=True)
)
_GREEK = dict(zip("ΑΒΕΖΗΚΜΝΟΡΤΥΧαγικνορυχ", "ABEZHKMNOPTYXayikvopux", strict=True))
_ARMENIAN = dict(zip("ՕՍօսհո", "OUouhn", strict=True))
_CHEROKEE = dict(zip("ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ", "ABCDEGHJKLMPRSTVWZ", strict=True))
_STROKES = dict.fromkeys("ІӀΙⲒ", "l")  # capitals that are one upright line, as I and l are
_LOOKS = str.maketrans(
    {each: look for alike, look in _LATIN.items() for each in alike}
    | _CYRILLIC
    | _GREEK
    | _ARMENIAN
    | _CHEROKEE
    | _STROKES
)


def likeness(name: str) -> str | None:
    """A mark that names have in common which look alike; None for a name without a letter or digit.

    Spaces, punctuation, diacritics and what cannot be seen make no difference to it, capitals do.
    """
    apart = normalised(inked(name), "NFKD").translate(_LOOKS)
    seen = "".join(character for character in apart if unicodedata.category(character)[0] in "LN")
    return hashlib.blake2b(seen.encode(), digest_size=16).hexdigest() if seen else None
