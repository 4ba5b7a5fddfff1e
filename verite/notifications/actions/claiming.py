"""What a guest follows is the member's that they turned out to be."""

from __future__ import annotations

from verite.core import db
from verite.notifications.actions.moving import take_turn
from verite.notifications.models import Address, Happening, Subscription
from verite.notifications.topics import PERSONAL


def claim_subscriptions(*, guest_id: int, member_id: int) -> None:
    """Give a member what they followed, and what was to be told to them, as a guest."""
    personal = [topic.value for topic in PERSONAL]
    with db.write():
        take_turn()  # what is being moved under the guest's number is not passed by
        Address.objects.filter(participant=guest_id).update(participant=member_id)
        Subscription.objects.filter(participant=guest_id).update(participant=member_id)
        about_guest = Subscription.objects.filter(topic__in=personal, about=guest_id)
        about_member = Subscription.objects.filter(topic__in=personal, about=member_id)
        has_both = set(about_member.values_list("address", "topic"))
        for row in about_guest:
            if (row.address_id, row.topic) in has_both:
                row.delete()
        about_guest.update(about=member_id)
        Happening.objects.filter(topic__in=personal, about=guest_id).update(about=member_id)
