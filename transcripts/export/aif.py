"""The arguments in the Argument Interchange Format (Chesñevar et al. 2006), as JSON nodes and edges."""

import json
from typing import Any

from transcripts.export.material import ATTACKS, Material


def aif_json(of: Material) -> str:
    """A graph of information nodes (I: recommendations, claims, passages, facts) joined by nodes of inference (RA)
    and conflict (CA).

    An undercutter conflicts with the inference that its target makes, every other attack with the claim itself.
    """
    graph = _Graph()
    for recommendation in of.plan.recommendations:
        graph.node(recommendation.id, "I", recommendation.text)
    for argument in of.arguments.values():
        graph.node(argument.id, "I", argument.claim, role=argument.role, strength=argument.strength)
        for place, ground in enumerate(argument.grounds):
            if ground.status != "unverified" and ground.kind != "argument":
                source = f"{argument.id}/ground/{place}"
                graph.node(source, "I", ground.quote, source=ground.id, status=ground.status)
                graph.join(source, "RA", argument.id, "grounds")
        if argument.side is not None:
            kind = "RA" if argument.side == "for" else "CA"
            graph.join(argument.id, kind, argument.recommendation, str(argument.scheme))
    for argument in of.arguments.values():
        for target in argument.targets:
            if target.argument in of.arguments:
                kind = "CA" if target.relation in ATTACKS else "RA"
                to = graph.inference_of(target.argument) if target.relation == "undercut" else target.argument
                graph.join(argument.id, kind, to, target.relation)
    return json.dumps({"nodes": graph.nodes, "edges": graph.edges}, indent=1, ensure_ascii=False) + "\n"


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, str]] = []
        self._inferences: dict[str, str] = {}

    def node(self, name: str, kind: str, text: str, **details: Any) -> None:
        known = {key: value for key, value in details.items() if value is not None}
        self.nodes.append({"nodeID": name, "type": kind, "text": text, **known})

    def join(self, start: str, kind: str, end: str, text: str) -> None:
        """A node of inference or conflict from one node to another."""
        name = f"{kind}{sum(node['type'] == kind for node in self.nodes) + 1}"
        self.node(name, kind, text)
        self._inferences.setdefault(start, name)
        for left, right in ((start, name), (name, end)):
            self.edges.append({"edgeID": f"E{len(self.edges) + 1}", "fromID": left, "toID": right})

    def inference_of(self, start: str) -> str:
        """The first inference or conflict that a node makes; the node itself when it makes none."""
        return self._inferences.get(start, start)
