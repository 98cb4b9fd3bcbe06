"""A process that holds a debate against a counting server, to be killed: plan, folder, port and fault on the command line.

It ends with 0 when the debate is finished, and with 3, saying why, when the disk refuses.
"""

import asyncio
import importlib.util
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from agents.debate.turn import Answer, Prompt, TurnRequest
from agents.errors import StorageError
from transcripts.export.markdown import strategy_markdown
from transcripts.log.session import Session, resume, start

ROLES = ("finance", "energy", "industry", "sovereignty")


def _conftest() -> Any:
    spec = importlib.util.spec_from_file_location("scripted", Path(__file__).with_name("conftest.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Counted:
    """The scripted backend, telling a server of each call before it answers."""

    def __init__(self, scripted: Any, port: int) -> None:
        self._scripted = scripted
        self._port = port

    def render(self, request: TurnRequest) -> Prompt:
        prompt: Prompt = self._scripted.render(request)
        return prompt

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        if self._port:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            writer.write(f"{request.address}\n".encode())
            await reader.readline()
            writer.close()
        answer: Answer = await self._scripted.answer(request, prompt)
        return answer


def main() -> int:
    folder, port, fault = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    module = _conftest()
    if fault.startswith("room:"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(fault[5:]), resource.RLIM_INFINITY))
    if fault == "rename":
        Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign,assignment]
    path = folder / "debate.jsonl"
    backend = Counted(module.ScriptedBackend(), port)
    try:
        session = (
            resume(path, lambda _: backend, document=strategy_markdown)
            if path.exists()
            else start(
                module.small_plan(ROLES, added=4),
                lambda _: backend,
                folder,
                document=strategy_markdown,
                run_id="debate",
            )
        )
        asyncio.run(_hold(session))
    except StorageError as error:
        sys.stdout.write(str(error))
        return 3
    return 0


async def _hold(session: Session) -> None:
    async for _ in session.events():
        pass


if __name__ == "__main__":
    sys.exit(main())
