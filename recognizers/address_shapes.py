"""The shapes of addresses, as patterns that take time linear in the text: every repeat is bounded."""

import re
from functools import lru_cache

from recognizers.leads import Led, begun, led
from recognizers.name_lexicon import words_of


def _any_of(name: str) -> str:
    entries = sorted(words_of(name, "addresses"), key=lambda entry: (-len(entry), entry))
    return "|".join(re.escape(entry).replace(r"\ ", "[ ]") for entry in entries)


@lru_cache(maxsize=1)
def shapes() -> dict[str, Led]:
    """Return the pattern of each shape by its name."""
    gap = r"[ ]{1,2}"
    # Scanners take 0 for O and 1 for l or I.
    digits = r"(?=[OlI]{0,3}\d)[\dOlI]{1,6}"
    care_of = r"(?:[Cc]/[Oo][ ][A-ZÀ-Ý][\w'’-]{1,15}(?:[ ][A-ZÀ-Ý][\w'’-]{1,15})?,[ ])?"
    inside = r"""(?:
        (?i:apt|unit|rm|room|spc)\.?[ ]?\#?\w{1,4},[ ]
        | (?:\d(?:st|nd|rd|th)|[Uu]pper|[Ll]ower)[ ](?:fl|flr|floor)(?:[ ]\w{4,5})?,[ ]
    )?"""
    number = rf"""{care_of}{inside}(?<![\w$/.:-])\#?{digits}
        (?:-\d{{1,4}})?(?:[ ]?½|[ ]{{1,2}}[1l]/[24])?[A-Z]?,?"""
    direction = rf"(?:(?:[NSEWnsew]|[NS][EW]|[NSns]o|North|South|East|West)\.?{gap})?"
    unit_word = r"(?!(?i:apt|apartment|unit|spc|space|ste|suite|rm|room|lot|bldg|floor|fl|trlr|depto)\b)"
    name = rf"{unit_word}[A-ZÀ-Ý][\w'’À-ÿ-]{{0,20}}"
    word = rf"""(?:
        (?:St|Mt|Ft|Co|Dr|Sta|No|So|[NSEW])\. | {name} | \d{{1,3}}(?:st|nd|rd|th) | of|the|de|la|las|los|del
    )(?![\w.]*@)"""
    last = rf"(?:{name}\.?|\d{{1,3}}(?:st|nd|rd|th)\b)(?![\w.]*@)"
    low = r"""(?!(?:our|my|his|her|their|its|your|this|that|the|in|on|by|an|no|any|all|each|every|some|more
        |per|and|to|of|for|feet|miles|blocks|days|hours|minutes|years|percent|people|cars|out|under|over|from|with)\b)
        [a-zà-ÿ][a-zà-ÿ'-]{2,16}"""
    floor = r"(?:\d(?:st|nd|rd|th)|(?i:first|second|third|fourth|top|ground))[ -](?i:floor|flr|fl)\b\.?"
    unit = rf"""(?:
        [ ]{{0,2}}[,;(]?[ ]{{0,2}}(?:\n[ ]{{0,4}})?
        (?:
            (?i:{_any_of("units")})\b\.?(?:[ ]{{0,2}}\#?[ ]?(?:[A-Za-z]?-?\d{{1,4}}-?[A-Za-z]?|[A-Za-z])\b)?
            | \#[ ]{{0,2}}[A-Za-z]?-?\d{{0,4}}-?[A-Za-z]?\b
            | No\.?[ ]\d{{1,5}}
            | {floor}(?:[ ](?i:rear|front))?
            | (?<=,[ ])\d{{1,3}}[A-Z]\b
            | (?i:side|blue|red|white|green|back|yellow)[ ](?:door|gate|house|trailer)\b
        )\)?
    ){{0,2}}"""
    place = r"[A-ZÀ-Ý](?:[\w'’À-ÿ-]{1,15}|\w{1,3}\.)"
    city = rf"""(?:
        (?:[ ]{{0,2}},[ ]{{0,2}}|[ ]{{1,2}}|,?[ ]{{0,2}}\n[ ]{{0,20}})
        {place}(?:[ ]{{1,2}}{place}){{0,2}},?[ ]{{0,2}}(?i:{_any_of("states")})\b\.?
        (?:,?[ ]{{1,2}}[\dOolI]{{5}}(?:-\d{{4}})?)?
    )?"""
    town = rf"(?:,[ ]{{1,2}}{place}(?:[ ]{place}){{0,2}}(?=[^\w ]|\n|\Z|[ ]{{2}}|[ ][a-z]))?"
    zipped = r"(?:,?[ ]{1,2}\d{5}(?:-\d{4})?\b)?"
    tail = unit + city + town + zipped
    patterns = {
        "street": rf"""{number}{gap}{direction}(?:{word}{gap}){{0,3}}{last}
            (?:{gap}(?:NE|NW|SE|SW|[NSEW])\b\.?)?{tail}""",
        "street in lower case": rf"""{number}{gap}(?:{low}{gap}){{1,2}}
            (?:{_any_of("plain_suffixes")})\b\.?{tail}""",
        "post office box": rf"""(?<!\w)
            (?:P\.?[ ]?[O0]\.?[ ]{{0,2}}|Post[ ]Office[ ]|Apartado[ ]|Casilla[ ])
            (?:B(?:ox|0x|OX|x)?|[Bb]ox|Postal)\.?[ ]{{0,2}}\#?[ ]?[\dOl][\w-]{{0,7}}{tail}""",
        "rural route": rf"""(?<!\w)
            (?:R\.?R\.?|Rt\.?|Rte\.?|Route|Rural[ ]Route|HC|HCR|Star[ ]Route|Star[ ]Rt\.?|R|Bx|Box)
            [ ]{{0,2}}\#?\d{{0,5}},?[ ]?(?:[Bb]ox|BOX|Bx|bx|Hwy)\.?[ ]{{0,2}}\d{{1,6}}[ ]?-?[A-Z]?{tail}""",
        "street first": rf"""(?<!\w)(?i:{_any_of("prefixes")}){gap}
            (?:(?:{word}|\d{{1,3}}){gap}){{0,3}}(?:{word}|\d{{1,3}}),?[ ]
            (?:No\.?[ ]|\#[ ]?|núm\.?[ ])?\d{{1,5}}(?:-?[A-Z])?\b{tail}""",
        "general delivery": rf"(?<!\w)(?i:General[ ]Delivery){city}{town}",
        "unit of a building": rf"""(?<!\w)(?i:unit|apt|spc|space|rm|room|lot|slip|berth|trailer)\.?[ ]
            \#?[A-Z]?\d{{1,4}}[A-Z]?,?[ ](?:at[ ]|@[ ]|of[ ])?(?:the[ ])?(?:{place}[ ]){{0,3}}
            (?i:{_any_of("dwellings")})\b(?:[ ]{place})?{city}{town}""",
    }
    house = (
        r"(?:\d|[#oli](?=[oli]{0,3}\d))(?:(?<![\w$/.:-].)|(?<=\d)(?=(?:st|nd|rd|th) fl))|c(?=/o )"
        r"|(?:apt|unit|rm|room|spc)(?=\.? ?#?\w{1,4}, )|(?:upp|low)(?=er fl)"
    )
    leads = {
        "street": house,
        "street in lower case": house,
        "post office box": r"p(?=\.? ?[o0]\.? {0,2}[bp])|post(?= office)|apartado|casilla",
        "rural route": r"[rhsb](?<!\w.)",
        "street first": begun(sorted(words_of("prefixes", "addresses")), " "),
        "general delivery": "general(?= delivery)",
        "unit of a building": r"(?:unit|apt|spc|space|rm|room|lot|slip|berth|trailer)(?=\.? #?[a-z]?\d)",
    }
    return {name: led(pattern, leads[name], re.VERBOSE) for name, pattern in patterns.items()}
