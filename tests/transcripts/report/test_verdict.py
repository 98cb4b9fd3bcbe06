import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from transcripts.report.verdict import Judged, annotations, junit

TEXTS = st.text(st.characters(), max_size=40)
JUDGED = st.builds(
    Judged,
    suite=TEXTS,
    name=TEXTS,
    verdict=st.sampled_from(["pass", "changed", "worse", "error"]),
    changes=st.lists(TEXTS, max_size=3).map(tuple),
    file=TEXTS,
    line=st.integers(1, 999),
)


def judged(name: str, verdict: str, *changes: str) -> Judged:
    return Judged(
        suite="mine", name=name, verdict=verdict, changes=changes, file="tests/suites/mine.yaml", line=3
    )


class TestJunit:
    def test_counts(self) -> None:
        """Changed and worse are failures with their changes, what could not be judged is an error."""
        root = ET.fromstring(
            junit(
                [
                    judged("a", "pass"),
                    judged("b", "worse", "R1 decision: adopt → reject"),
                    judged("c", "error", "no file"),
                ]
            )
        )
        (suite,) = root

        assert ("mine", "3", "1", "1") == tuple(
            suite.attrib[key] for key in ("name", "tests", "failures", "errors")
        )
        failure = suite[1][0]
        assert ("failure", "worse", "R1 decision: adopt → reject") == (
            failure.tag,
            failure.get("type"),
            failure.text,
        )

    @given(st.lists(JUDGED, max_size=5))
    def test_always_xml(self, cases: list[Judged]) -> None:
        """Whatever names and changes hold, the file is XML with one test case for each case."""
        root = ET.fromstring(junit(cases).encode("utf-8", "replace"))

        assert len(cases) == len(root.findall("./testsuite/testcase"))
        assert {"testsuites", "testsuite", "testcase", "failure", "error"} >= {
            node.tag for node in root.iter()
        }


class TestAnnotations:
    def test_levels(self) -> None:
        """Worse is an error and changed a warning at the suite's line; what passes is not told."""
        told = annotations(
            [judged("a", "pass"), judged("b", "changed", "100 %"), judged("c", "worse", "x", "y")]
        )

        assert told.splitlines() == [
            "::error file=tests/suites/mine.yaml,line=3,title=mine%3A c is worse::x%0Ay",
            "::warning file=tests/suites/mine.yaml,line=3,title=mine%3A b is changed::100 %25",
        ]

    @given(st.lists(JUDGED, max_size=5))
    def test_one_line_each(self, cases: list[Judged]) -> None:
        """No text ends a command or begins another one."""
        lines = re.split(r"[\r\n]", annotations(cases))

        assert "" == lines.pop()
        assert sum(one.verdict != "pass" for one in cases) == len(lines)
        assert all(
            re.fullmatch(r"::(error|warning) file=[^:,]*,line=\d+,title=[^:,]*::.*", line) for line in lines
        )

    def test_more_than_are_shown(self) -> None:
        """GitHub shows ten: the tenth tells how many more there are."""
        told = annotations([judged(str(number), "worse", "x") for number in range(30)]).splitlines()

        assert 10 == len(told)
        assert "21 more cases" in told[-1]
