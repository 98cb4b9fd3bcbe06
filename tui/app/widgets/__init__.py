"""The parts of the screens. They show a DebateState and decide nothing."""
