"""What people paste is recognised in every form, and what only looks like it never is."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.catalogue.hosts.forms import ALL_FORMS, FORMS, Form
from tests.catalogue.hosts.strangers import STRANGERS
from verite.catalogue.hosts import HOSTS, LONGEST_REF, Found, by_slug, recognise

each_form = pytest.mark.parametrize(
    ("host", "kind", "form"), ALL_FORMS, ids=[f"{host} {form.pasted}" for host, _, form in ALL_FORMS]
)


@each_form
def test_a_pasted_form_leads_to_its_video_and_start(host: str, kind: str, form: Form) -> None:
    found = recognise(form.pasted)

    assert found is not None
    assert (found.host, found.kind, found.ref, found.start) == (host, kind, form.ref, form.start)


@pytest.mark.parametrize("pasted", STRANGERS)
def test_a_stranger_is_not_recognised(pasted: str) -> None:
    assert recognise(pasted) is None


def test_every_host_has_forms() -> None:
    assert {host.slug for host in HOSTS} == {host for host, _ in FORMS}


@each_form
def test_every_address_given_out_leads_back_to_the_same_video(host: str, kind: str, form: Form) -> None:
    _assert_addresses_lead_back(_found(form.pasted), start=form.start or 754)


@each_form
def test_an_embed_stays_within_the_origins_that_the_page_allows(host: str, kind: str, form: Form) -> None:
    player = by_slug(host)

    embed = player.embed_address(form.ref, 90)
    assert player.embed_origins(form.ref) == (frozenset({_origin(embed)}) if embed else frozenset())
    file = player.media_address(form.ref, 90)
    assert (_origin(file) in player.media_origins(form.ref)) if file else not player.media_origins(form.ref)
    assert embed or file


@given(st.text())
@example("[")
@example("https://[")
@example("https://\u2100.example/")
@example("https://youtube.com:9999999999/")
@example("<iframe src=[>")
@example("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=" + "9" * 2000)
def test_no_text_makes_recognising_fail(text: str) -> None:
    recognise(text)


# Forms with a slip behind the host find more than texts of all kinds do: about a third are still recognised.
PIECES = (
    "/ // ? # & = . : @ \\ + ; , .. %2F %2e %25 %2B %00 %20 é ' < 90 t=5 &t=1h start=x .mp4 x.webm v= list="
)


@st.composite
def forms_with_slips(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([form.pasted for _, _, form in ALL_FORMS]))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.sampled_from(range(len(text) // 2, len(text) + 1)))
        slip = draw(st.sampled_from(PIECES.split()))
        text = text[:at] + slip + text[at + draw(st.integers(0, 1)) :]
    return text


@settings(max_examples=300)
@given(forms_with_slips())
def test_whatever_is_recognised_gives_out_addresses_that_lead_back(text: str) -> None:
    found = recognise(text)
    if found:
        _assert_addresses_lead_back(found, start=754)


@given(
    st.tuples(
        st.text(
            st.characters(exclude_characters="/", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30
        ),
        st.sampled_from([".mp4", ".MPG", ".ogv"]),
    ).map("".join)
)
def test_any_name_of_a_file_survives_the_way_through_an_archive_address(name: str) -> None:
    archive = by_slug("internet-archive")

    found = _found(archive.watch_address(f"Series/{name}", 90))

    assert (found.ref, found.start) == (f"Series/{name}", 90)


@given(st.uuids())
def test_both_spellings_of_a_peertube_id_are_one_video(uuid: object) -> None:
    long = _found(f"https://tube.example/videos/watch/{uuid}")

    assert _found(long.address).ref == long.ref


@given(st.uuids(), st.uuids())
def test_two_peertube_videos_never_share_a_ref(one: object, other: object) -> None:
    refs = {_found(f"https://tube.example/w/{uuid}").ref for uuid in (one, other)}

    assert len(refs) == len({one, other})


@pytest.mark.parametrize(
    ("length", "recognised"), [(LONGEST_REF, True), (LONGEST_REF + 1, False)], ids=["longest", "too long"]
)
def test_a_ref_is_no_longer_than_the_database_keeps(length: int, recognised: bool) -> None:
    address = "https://example.org/".ljust(length - len(".mp4"), "a") + ".mp4"

    assert bool(recognise(address)) is recognised


def _assert_addresses_lead_back(found: Found, *, start: int) -> None:
    host = by_slug(found.host)
    same = (found.host, found.kind, found.ref)

    assert recognise(found.address) == Found(*same, 0, found.address)
    assert recognise(host.watch_address(found.ref, start)) == Found(
        *same, 0 if found.kind == "playlist" else start, found.address
    )
    for address in (host.embed_address(found.ref, start), host.media_address(found.ref, start)):
        again = recognise(address) if address else found
        assert again is not None
        assert (again.host, again.kind, again.ref) == same
    for address in (found.address, host.oembed_address(found.ref), host.thumbnail_address(found.ref)):
        assert address is None or address.startswith(("https://", "/media/"))


def _found(pasted: str) -> Found:
    found = recognise(pasted)
    assert found is not None, pasted
    return found


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"
