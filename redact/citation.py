"""Citations: whether what an exemption cites is law or only a policy of the city.

A city's own label "confidential" is no ground for withholding a record from the public: that takes a statute,
a regulation, a constitution or a rule of evidence (Gov. Code §§ 7922.000, 7922.540).
"""

import re

_LAW = re.compile(
    # Gov. Code §, Penal Code §, Welf. & Inst. Code §; a municipal code is the city's own word.
    r"(?<!Municipal )(?<!Mun\. )(?<!City )\bCode\s*(?:Civ\.\s*Proc\.\s*)?§"
    r"|\b(?:Code Civ\. Proc\.|Civ\. Code|U\.S\.C\.|C\.F\.R\.|Cal\. Code Regs\.|Stats\.)"
    r"|\bConst\.\s*art\."
)


def is_law(citation: str) -> bool:
    """Whether ``citation`` names a statute, a regulation or a constitution."""
    return _LAW.search(citation) is not None
