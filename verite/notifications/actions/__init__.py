"""Writes of this room."""

from .announcing import announce
from .claiming import claim_subscriptions
from .confirming import block, confirm
from .ending import change_interval, end, end_all, unsubscribe
from .forgetting import forget_old
from .moving import call_readers, move_outbox
from .preparing import Prepared, hand_over_kept, prepare_mails, reclaim_mails
from .subscribing import Outcome, ask_to_manage, subscribe
from .taking_up import Kept, take_up

__all__ = [
    "Kept",
    "Outcome",
    "Prepared",
    "announce",
    "ask_to_manage",
    "block",
    "call_readers",
    "change_interval",
    "claim_subscriptions",
    "confirm",
    "end",
    "end_all",
    "forget_old",
    "hand_over_kept",
    "move_outbox",
    "prepare_mails",
    "reclaim_mails",
    "subscribe",
    "take_up",
    "unsubscribe",
]
