"""Every finding says how it was found, in words of ours and never of the document."""

import re

from tests.recognizers.generator import positives
from tests.recognizers.test_battery import structured


def test_an_explanation_names_its_pattern_and_holds_no_value() -> None:
    for case in positives(5, 2):
        value = re.sub(r"\W", "", case.text[case.start : case.end]).lower()
        for recognizer in structured():
            for result in recognizer.analyze(case.text):
                explanation = result.analysis_explanation
                assert explanation.pattern_name
                assert 0 < result.score <= 1
                said = re.sub(
                    r"\W", "", f"{explanation.pattern_name}{explanation.textual_explanation}{result}".lower()
                )
                assert value not in said
