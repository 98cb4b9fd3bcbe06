"""Choosing among listed transcripts."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.errors import InputError
from transcripts.library.outline import Summary
from transcripts.library.select import ORDERS, Wanted, moment, select

FOLDER = Path("saved")
WIND = Summary(
    "b-wind",
    FOLDER,
    "finished",
    title="Énergie éolienne",
    began="2026-03-02T09:00:00.000Z",
    model="offline",
    decisions={"R1": "adopt", "R2": "defer"},
)
PORT = Summary(
    "a-port",
    FOLDER,
    "unfinished",
    title="A port for Tamda",
    began="2026-05-01T09:00:00.000Z",
    model="openai:large",
)
ODD = Summary("c-odd", FOLDER, "unreadable", problem="It is no transcript.")
ALL = [ODD, WIND, PORT]


class TestSelect:
    @pytest.mark.parametrize(
        "wanted, found",
        [
            (Wanted(), ALL),
            (Wanted(article="eolienne ÉNERGIE"), [WIND]),
            (Wanted(article="energie port"), []),
            (Wanted(model="OpenAI"), [PORT]),
            (Wanted(decision="defer"), [WIND]),
            (Wanted(decision="reject"), []),
            (Wanted(since=moment("2026-05-01T09:00:00Z")), [PORT]),
            (Wanted(since=moment("2026-01-01"), model="off", article="éner"), [WIND]),
        ],
    )
    def test_only_what_is_wanted(self, wanted: Wanted, found: list[Summary]) -> None:
        """Everything that is asked for must hold, case and accents aside; nothing asked for is everything."""
        assert found == select(ALL, wanted)

    @pytest.mark.parametrize(
        "order, found",
        [
            ("written", [ODD, WIND, PORT]),
            ("date", [PORT, WIND, ODD]),
            ("title", [PORT, WIND, ODD]),
            ("model", [WIND, PORT, ODD]),
            ("status", [WIND, PORT, ODD]),
        ],
    )
    def test_order(self, order: str, found: list[Summary]) -> None:
        """Each order is what its name says; what cannot be read stands last in all but the files' own."""
        assert found == select(ALL, Wanted(), order)

    @pytest.mark.parametrize("arguments", [(Wanted(), "colour"), (Wanted(decision="maybe"),)])
    def test_what_there_is_not_is_refused(self, arguments: tuple[Wanted, str]) -> None:
        """An order or a decision that does not exist is refused with those that do."""
        with pytest.raises(InputError, match=r"sorted by|no decision"):
            select(ALL, *arguments)

    @pytest.mark.parametrize("began", ["", "yesterday", "9999-99-99"])
    def test_a_time_that_is_none_hides_nothing(self, began: str) -> None:
        """A transcript from somebody else with an impossible time is still listed."""
        odd = WIND._replace(began=began)

        assert sorted([odd, PORT]) == sorted(select([odd, PORT], Wanted(), "date"))

    @given(st.text(), st.sampled_from(sorted(ORDERS)))
    def test_any_title_can_be_found_and_sorted(self, title: str, order: str) -> None:
        """Whatever a title holds, its own words find it, and no order fails over it."""
        item = WIND._replace(title=title)

        assert item in select([item, PORT], Wanted(article=title), order)


class TestMoment:
    def test_a_day_begins_where_the_reader_is(self) -> None:
        """A date without a zone means midnight on this machine."""
        assert datetime(2026, 3, 31).astimezone() == datetime.fromisoformat(moment("2026-03-31"))
        assert "2026-03-30T22:30:00.000Z" == moment("2026-03-31T00:30+02:00")

    @pytest.mark.parametrize("text", ["", "soon", "31/03/2026", "2026-13-01"])
    def test_what_is_no_date_is_refused(self, text: str) -> None:
        """The refusal shows what a date looks like."""
        with pytest.raises(InputError, match="2026-03-31"):
            moment(text)
