"""The pages that every rule for pages is tried on."""

PAGES = {
    "home": "/",
    "browse": "/films/",
    "browse, filtered": "/films/?decade=1940s&sort=title",
    "browse, nothing found": "/films/?decade=1920s&subject=health",
    "film": "/films/why-we-fight/",
    "film, at a moment of a part": "/films/why-we-fight/?part=3&t=12:34",
    "film, one part": "/films/rain/",
    "film, from right to left": "/films/الفيلم-الأخير/",
    "film, hardly anything known": "/films/nothing-is-known-of-this-one/",
    "film, a very long title": (
        "/films/dr-a-very-long-title-that-goes-on-and-on-as-titles-of-the-silent-years-did-past/"
    ),
    "discussion, nothing said yet": "/films/why-we-fight/discussion/",
    "discussion, the form alone": "/films/why-we-fight/discussion/write/",
    "subjects": "/subjects/",
    "subject": "/subjects/war-propaganda/",
    "person": "/people/frank-capra/",
    "years": "/years/",
    "year": "/years/1929/",
    "collections": "/collections/",
    "collection": "/collections/city-symphonies/",
    "search": "/search/",
    "search, found": "/search/?q=camera",
    "search, not found": "/search/?q=zzzzzzz",
    "about": "/about/",
    "feeds": "/feeds/",
    "sign in": "/accounts/login/?next=/about/",
    "sign in by e-mail": "/accounts/login/code/",
    "become a member": "/accounts/signup/",
    "a new password": "/accounts/password/reset/",
    "one's own page, of nobody yet": "/me/",
    "follow": "/follow/",
    "what one follows, of nobody yet": "/me/following/",
    "a link to what one follows": "/notify/link/?said=sent",
}

# Pages that answer that there is no page.
MISSING = {
    "no such film": "/films/why-we-figth/",
    "no such address": "/nowhere/",
    "a link of a mail that is not whole": "/notify/confirm/nothing/",
    "beyond the last page": "/films/?page=999",
}
