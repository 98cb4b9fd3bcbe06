"""The debate as LangGraph's own tools run it."""

import json
import re
from pathlib import Path

import pytest

from agents.backends.served import graph, held
from agents.debate.graph import debate_graph
from agents.errors import InputError, ProviderError

ROOT = Path(__file__).parents[3]


class TestServed:
    async def test_plain_json_in_plain_json_out(self) -> None:
        """A question as a tool would send it gives rulings, priorities and a strategy that JSON can hold."""
        outcome = await graph.ainvoke({"language": "en", "roles": ["finance", "energy"]})

        assert {ruling["recommendation"] for ruling in outcome["rulings"]} == set(outcome["priorities"])
        assert "en" == json.loads(json.dumps(outcome))["strategy"]["language"]

    async def test_a_question_that_does_not_hold_is_named(self) -> None:
        """The cause comes back, from this process and from the one that a server would start."""
        with pytest.raises(InputError, match="Unknown model 'nobody'"):
            await held({"model": "nobody"})
        with pytest.raises(ProviderError, match="Unknown model 'nobody'"):
            await graph.ainvoke({"model": "nobody"})

    def test_the_configuration_names_it(self) -> None:
        """`langgraph.json` leads to the graph."""
        (named,) = json.loads((ROOT / "langgraph.json").read_text("utf-8"))["graphs"].values()

        assert "./agents/backends/served.py:graph" == named

    def test_the_docs_show_the_graph_as_it_is(self) -> None:
        """The picture in the docs is the one that the library draws."""
        (drawn,) = re.findall(
            r"```mermaid\n(.*?)\n```", (ROOT / "docs" / "graph.md").read_text("utf-8"), re.DOTALL
        )

        assert debate_graph().get_graph(xray=1).draw_mermaid().strip() == drawn
