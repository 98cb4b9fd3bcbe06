"""A reply that is being written, as prose."""

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agents.backends.chat.partial import prose_so_far

REPLY = {
    "stance": "support",
    "text": "I support it.\nThe cranes are old.",
    "arguments": [{"claim": "Old cranes “stand” still.", "grounds": [{"id": "S1", "quote": "a third of"}]}],
    "priority": 3,
}


class TestProseSoFar:
    @given(st.integers(0, len(json.dumps(REPLY))))
    def test_grows_and_holds_no_form(self, length: int) -> None:
        """Wherever the reply is cut, what is shown is the beginning of its prose, without braces or names of fields."""
        written = json.dumps(REPLY)[:length]
        whole = "I support it.\nThe cranes are old. Old cranes “stand” still."

        assert whole.startswith(prose_so_far(written))
        assert whole == prose_so_far(json.dumps(REPLY))

    def test_what_stands_before_is_left_out(self) -> None:
        """Chatter, fences and thoughts before the object are not what the role says; broken JSON is nothing."""
        assert "I say so" == prose_so_far('<think>hm</think>```json\n{"text": "I say so')
        assert "" == prose_so_far("I would rather") == prose_so_far("{no json at all") == prose_so_far("")

    def test_each_step_begins_like_the_one_before(self) -> None:
        """Nothing that was shown is taken back."""
        written = json.dumps(REPLY)
        steps = [prose_so_far(written[:n]) for n in range(len(written) + 1)]

        assert all(later.startswith(earlier) for earlier, later in pairwise(steps))
