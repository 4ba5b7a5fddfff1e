"""Addresses of following. Those with a token stand in mails, as ``notifications.addresses`` spells them."""

from django.urls import path

from verite.web.following import links, mailboxes, offering

urlpatterns = [
    path("follow/", offering.follow, name="follow"),
    path("me/following/", mailboxes.my_following, name="my_following"),
    path("notify/link/", links.following_link, name="following_link"),
    path("notify/confirm/<str:token>/", links.confirm_following, name="confirm_following"),
    path("notify/unsubscribe/<str:token>/", links.unsubscribe, name="unsubscribe"),
    path("notify/manage/<str:token>/", mailboxes.manage_following, name="manage_following"),
]
