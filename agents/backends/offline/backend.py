"""The embedded debaters: a backend that needs no model, no network and no key."""

import hashlib
import json
from functools import cached_property

from agents.argument.model import QUESTION
from agents.backends.offline.answers import Option, plan_answers
from agents.backends.offline.docket import Docket
from agents.backends.offline.edition import edition
from agents.backends.offline.inquiry import answer
from agents.backends.offline.opening import Speaker, opening
from agents.backends.offline.picks import Plan, Turn, plan_openings
from agents.backends.offline.rebuttal import rebuttal
from agents.backends.offline.remarks import answering_remarks, understood
from agents.backends.offline.ruling import ruling
from agents.backends.offline.synthesis import synthesis
from agents.backends.offline.voice import Voice
from agents.debate.plan import DebatePlan
from agents.debate.turn import REPLIES, Answer, Prompt, Reply, TurnRequest
from agents.knowledge.charters import check_charter


class OfflineBackend:
    """Argues from the article, the knowledge base and the charters.

    Every reply is a pure function of the plan and the request: what a turn says does not depend on which
    turns were asked before it. Raises CharterError for a charter that names what the knowledge base does
    not have.
    """

    def __init__(self, plan: DebatePlan) -> None:
        for charter in plan.charters:
            check_charter(charter)
        self._plan = plan
        self._voice = Voice(plan.language)

    @property
    def edition(self) -> str:
        """Which debaters these are: the same edition argues alike."""
        return edition()

    @cached_property
    def _digest(self) -> str:
        """What every reply depends on besides its request: the whole plan, the model's name aside."""
        plan = self._plan.model_dump(
            mode="json", by_alias=True, exclude={"model": True, "seed": True, "article": {"dropped"}}
        )
        # A transcript gives a charter's tables back in another order.
        return hashlib.sha256(json.dumps(plan, sort_keys=True).encode()).hexdigest()

    @cached_property
    def _docket(self) -> Docket:
        return Docket(self._plan)

    @cached_property
    def _openings(self) -> dict[Turn, Plan]:
        return plan_openings(self._docket)

    @cached_property
    def _answers(self) -> dict[Turn, tuple[Option, ...]]:
        return plan_answers(self._docket, self._openings)

    def render(self, request: TurnRequest) -> Prompt:
        """What identifies a request: there is no model to configure and no text to send but the material."""
        return Prompt(
            config={"backend": "offline"},
            parts=(
                self._digest,
                request.model_dump_json(by_alias=True, exclude={"address"}),
                str(request.address),
            ),
            schema={"reply": REPLIES[request.address.phase].__name__},
        )

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        """The reply to `request`."""
        return Answer(self.reply(request))

    def reply(self, request: TurnRequest) -> Reply:
        """The reply to `request`, at once."""
        address = request.address
        if address.phase != QUESTION:
            request = understood(self._docket, request)
        if address.phase == "synthesis":
            return synthesis(self._docket, self._voice, self._openings, request)
        if address.phase == "ruling":
            return ruling(self._docket, self._voice, self._openings, request)
        turn = (address.recommendation, address.role)
        plan = self._openings[turn]
        speaker = Speaker(
            self._docket,
            self._voice,
            self._docket.charters[address.role],
            self._docket.cases[address.recommendation],
            address.round,
        )
        if address.phase == "opening":
            return opening(speaker, plan)
        if address.phase == QUESTION:
            return answer(speaker, plan, request)
        said = rebuttal(speaker, plan, self._answers.get(turn, ()), request)
        return answering_remarks(speaker, plan, request, said)
