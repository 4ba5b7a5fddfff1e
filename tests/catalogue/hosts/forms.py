"""Every form in which people paste an address, and what it leads to: address, ref and (where said) start."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    pasted: str
    ref: str
    start: int = 0


VIDEO = "dQw4w9WgXcQ"
LIST = "PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi"

YOUTUBE = [
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("http://www.youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("www.youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("//www.youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("HTTPS://WWW.YOUTUBE.COM/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("  https://www.youtube.com/watch?v=dQw4w9WgXcQ \n", VIDEO),
    Form("https://www.youtube.com./watch?v=dQw4w9WgXcQ", VIDEO),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ.", VIDEO),
    Form("https://www.youtube.com:443/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("http://www.youtube.com:80/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("https://www.youtube.com//watch/?v=dQw4w9WgXcQ", VIDEO),
    Form("https://m.youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("https://music.youtube.com/watch?v=dQw4w9WgXcQ&feature=share", VIDEO),
    Form("https://gaming.youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("https://de.youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("https://www.youtube.com/watch?v=-fny99f8amM", "-fny99f8amM"),
    Form("https://www.youtube.com/watch?feature=player_embedded&v=dQw4w9WgXcQ", VIDEO),
    Form("https://www.youtube.com/watch?feature=youtu.be&amp;v=dQw4w9WgXcQ&amp;t=90", VIDEO, 90),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ&#038;t=90", VIDEO, 90),
    Form(
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi&index=2", VIDEO
    ),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=RDdQw4w9WgXcQ&start_radio=1", VIDEO),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1h2m3s", VIDEO, 3723),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s", VIDEO, 90),
    Form("https://www.youtube.com/watch?t=90&v=dQw4w9WgXcQ", VIDEO, 90),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=90", VIDEO, 90),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=1m30s", VIDEO, 90),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ&time_continue=12", VIDEO, 12),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ?t=90", VIDEO, 90),
    Form("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=soon", VIDEO),
    Form("https://www.youtube.com/watch/dQw4w9WgXcQ", VIDEO),
    Form("https://www.youtube.com/watch_popup?v=dQw4w9WgXcQ", VIDEO),
    Form("https://www.youtube.com/?v=dQw4w9WgXcQ", VIDEO),
    Form("https://youtu.be/dQw4w9WgXcQ", VIDEO),
    Form("youtu.be/dQw4w9WgXcQ", VIDEO),
    Form("https://youtu.be/dQw4w9WgXcQ/", VIDEO),
    Form("https://www.youtu.be/dQw4w9WgXcQ", VIDEO),
    Form("https://youtu.be/dQw4w9WgXcQ?si=AbCdEfGh12345678&t=42", VIDEO, 42),
    Form("https://youtu.be/dQw4w9WgXcQ&t=42", VIDEO, 42),
    Form("https://youtu.be/watch?v=dQw4w9WgXcQ", VIDEO),
    Form("https://www.youtube.com/shorts/dQw4w9WgXcQ", VIDEO),
    Form("https://youtube.com/shorts/dQw4w9WgXcQ?feature=share", VIDEO),
    Form("https://www.youtube.com/live/dQw4w9WgXcQ?si=AbCdEfGh12345678&t=600", VIDEO, 600),
    Form("https://www.youtube.com/embed/dQw4w9WgXcQ", VIDEO),
    Form(
        "https://www.youtube.com/attribution_link?u=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ",
        VIDEO,
    ),
    Form("https://www.youtube.com/embed/dQw4w9WgXcQ?start=90&end=120", VIDEO, 90),
    Form("https://www.youtube.com/embed/dQw4w9WgXcQ?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi", VIDEO),
    Form("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0&start=90", VIDEO, 90),
    Form("https://youtube-nocookie.com/embed/dQw4w9WgXcQ", VIDEO),
    Form("http://www.youtube.com/v/dQw4w9WgXcQ", VIDEO),
    Form("http://www.youtube.com/v/dQw4w9WgXcQ?version=3&hl=en_US", VIDEO),
    Form("http://www.youtube.com/v/dQw4w9WgXcQ&hl=en&fs=1&start=30", VIDEO, 30),
    Form("http://www.youtube.com/e/dQw4w9WgXcQ", VIDEO),
    Form(
        "https://www.youtube.com/attribution_link?a=8g8kPrPIi-ecwIsS&u=/watch%3Fv%3DdQw4w9WgXcQ%26t%3D90",
        VIDEO,
        90,
    ),
    Form(
        "https://m.youtube.com/attribution_link?a=x&amp;u=%2Fwatch%3Fv%3DdQw4w9WgXcQ%26feature%3Dshare", VIDEO
    ),
    Form(
        '<iframe width="560" height="315" src="https://www.youtube.com/embed/dQw4w9WgXcQ?si=abc&amp;start=90"'
        ' title="A > B" frameborder="0" allow="autoplay" allowfullscreen></iframe>',
        VIDEO,
        90,
    ),
    Form("<iframe src='//www.youtube.com/embed/dQw4w9WgXcQ'></iframe>", VIDEO),
    Form(
        "<p><IFRAME\n  SRC=https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0\n  WIDTH=560></IFRAME></p>", VIDEO
    ),
    Form(
        '<object width="425" height="344"><param name="movie" value="ignored">'
        '<embed src="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en&fs=1" type="application/x-shockwave-flash"></object>',
        VIDEO,
    ),
]

YOUTUBE_PLAYLISTS = [
    Form("https://www.youtube.com/playlist?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi", LIST),
    Form("http://youtube.com/playlist?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi&si=AbCdEfGh", LIST),
    Form("https://www.youtube.com/watch?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi", LIST),
    Form("https://www.youtube.com/embed/videoseries?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi", LIST),
    Form("https://www.youtube.com/embed?listType=playlist&list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi", LIST),
    Form(
        "https://www.youtube.com/playlist?list=PL96C35uN7xGJu6skU4TBYrIWxggkZBrF",
        "PL96C35uN7xGJu6skU4TBYrIWxggkZBrF",
    ),
    Form("https://www.youtube.com/playlist?list=PL590L5WQmH8fJ54F", "PL590L5WQmH8fJ54F"),
    Form(
        "https://music.youtube.com/playlist?list=OLAK5uy_k6IQT8k-Hi8Ru_XJxsK1LqmGPrpcTtgTA",
        "OLAK5uy_k6IQT8k-Hi8Ru_XJxsK1LqmGPrpcTtgTA",
    ),
]

VIMEO = [
    Form("https://vimeo.com/76979871", "76979871"),
    Form("http://www.vimeo.com/76979871/", "76979871"),
    Form("vimeo.com/76979871", "76979871"),
    Form("https://vimeo.com/76979871?share=copy&fl=sv&fe=ci", "76979871"),
    Form("https://vimeo.com/76979871#t=1m2s", "76979871", 62),
    Form("https://vimeo.com/76979871#t=90", "76979871", 90),
    Form("https://vimeo.com/video/76979871", "76979871"),
    Form("https://vimeo.com/channels/staffpicks/143603739", "143603739"),
    Form("https://vimeo.com/groups/shortfilms/videos/66185763", "66185763"),
    Form("https://vimeo.com/album/2632481/video/79010983", "79010983"),
    Form("https://vimeo.com/showcase/3253534/video/119195465", "119195465"),
    Form("https://vimeo.com/showcase/3253534?video=119195465", "119195465"),
    Form("https://vimeo.com/manage/videos/76979871", "76979871"),
    Form("https://vimeo.com/160743502/abd0e13fb4", "160743502:abd0e13fb4"),
    Form("https://vimeo.com/581039021/9603038895", "581039021:9603038895"),
    Form("https://vimeo.com/160743502/abd0e13fb4?share=copy#t=30s", "160743502:abd0e13fb4", 30),
    Form("https://vimeo.com/160743502?h=abd0e13fb4", "160743502:abd0e13fb4"),
    Form("https://vimeo.com/manage/videos/160743502/abd0e13fb4", "160743502:abd0e13fb4"),
    Form("https://player.vimeo.com/video/76979871", "76979871"),
    Form("//player.vimeo.com/video/76979871?title=0&amp;byline=0&amp;portrait=0", "76979871"),
    Form("https://player.vimeo.com/video/160743502?h=abd0e13fb4&amp;app_id=122963", "160743502:abd0e13fb4"),
    Form("https://player.vimeo.com/video/160743502?h=abd0e13fb4#t=1h2m3s", "160743502:abd0e13fb4", 3723),
    Form("https://player.vimeo.com/video/76979871?h=not-a-hash", "76979871"),
    Form("http://vimeo.com/moogaloop.swf?clip_id=2539741&amp;server=vimeo.com", "2539741"),
    Form(
        '<iframe src="https://player.vimeo.com/video/235352744?app_id=122963" width="640" height="360"></iframe>',
        "235352744",
    ),
]

DAILYMOTION = [
    Form("https://www.dailymotion.com/video/x8u4owg", "x8u4owg"),
    Form("http://dailymotion.com/video/x8u4owg", "x8u4owg"),
    Form("dailymotion.com/video/x8u4owg", "x8u4owg"),
    Form("https://touch.dailymotion.com/video/x8u4owg", "x8u4owg"),
    Form("https://www.dailymotion.com/video/xhza0o_the-power-of-nightmares-1_news", "xhza0o"),
    Form("https://www.dailymotion.com/video/x8u4owg?start=90", "x8u4owg", 90),
    Form("https://www.dailymotion.com/video/x3z49k?playlist=xv4bw", "x3z49k"),
    Form("https://www.dailymotion.com/embed/video/x8u4owg?autoplay=1", "x8u4owg"),
    Form("http://www.dailymotion.com/swf/x3ss1m_funny-magic-trick_fun", "x3ss1m"),
    Form("http://www.dailymotion.com/swf/video/x3n92nf", "x3n92nf"),
    Form("https://www.dailymotion.com/crawler/video/x8u4owg", "x8u4owg"),
    Form("https://dai.ly/x8u4owg", "x8u4owg"),
    Form("dai.ly/x8u4owg?start=90", "x8u4owg", 90),
    Form("https://geo.dailymotion.com/player.html?video=x89eyek&mute=true", "x89eyek"),
    Form("https://geo.dailymotion.com/player.html?video=x89eyek&startTime=15", "x89eyek", 15),
    Form("https://geo.dailymotion.com/player/x86gw.html?video=k46oCapRs4iikoz9DWy", "k46oCapRs4iikoz9DWy"),
    Form(
        '<p><iframe src="https://geo.dailymotion.com/player/xmyye.html?video=x93blhi" allow="autoplay"></iframe></p>',
        "x93blhi",
    ),
]

INTERNET_ARCHIVE = [
    Form("https://archive.org/details/gov.archives.arc.53856", "gov.archives.arc.53856"),
    Form("http://www.archive.org/details/PreludeToWar", "PreludeToWar"),
    Form("archive.org/details/PreludeToWar/", "PreludeToWar"),
    Form("https://archive.org/details/LeChaudronInfernal#", "LeChaudronInfernal"),
    Form("https://archive.org/details/ThePrivateLifeofHenryVIII.", "ThePrivateLifeofHenryVIII."),
    Form("https://archive.org/details/PreludeToWar?start=90", "PreludeToWar", 90),
    Form("https://archive.org/details/PreludeToWar#t=90", "PreludeToWar", 90),
    Form("https://archive.org/details/PreludeToWar/start/60/end/120.5", "PreludeToWar", 60),
    Form("https://archive.org/details/PreludeToWar?sort=-date&tab=about", "PreludeToWar"),
    Form("https://archive.org/details/Election_Ads/Nixon1960.mpg", "Election_Ads/Nixon1960.mpg"),
    Form("https://archive.org/details/Series/disc+1/part+2.mp4", "Series/disc 1/part 2.mp4"),
    Form("https://archive.org/details/Series/disc%201/part%202.mp4?start=5", "Series/disc 1/part 2.mp4", 5),
    Form("https://archive.org/details/Series/disc 1/part 2.mp4", "Series/disc 1/part 2.mp4"),
    Form("https://archive.org/details/Series/tom&jerry.mp4", "Series/tom&jerry.mp4"),
    Form("https://archive.org/details/PreludeToWar/start/60.5/end/120", "PreludeToWar", 60),
    Form("https://archive.org/details/Series/part%202.mp4/start/7", "Series/part 2.mp4", 7),
    Form("https://archive.org/download/Series/1%2B1%20%26%20more.MP4", "Series/1+1 & more.MP4"),
    Form("https://archive.org/download/Series/1+1.ogv", "Series/1+1.ogv"),
    Form("https://archive.org/download/PreludeToWar", "PreludeToWar"),
    Form(
        "https://archive.org/download/PreludeToWar/PreludeToWar_512kb.mp4#t=10,20",
        "PreludeToWar/PreludeToWar_512kb.mp4",
        10,
    ),
    Form("https://archive.org/serve/PreludeToWar/film.webm", "PreludeToWar/film.webm"),
    Form("https://ia801605.us.archive.org/12/items/Series/part%202.mp4", "Series/part 2.mp4"),
    Form("https://dn720407.ca.archive.org/0/items/Series/part2.mp4", "Series/part2.mp4"),
    Form("https://archive.org/embed/PreludeToWar", "PreludeToWar"),
    Form("https://archive.org/embed/PreludeToWar?start=30&autoplay=1", "PreludeToWar", 30),
    Form("https://archive.org/embed/PreludeToWar&playlist=1&start=30", "PreludeToWar", 30),
    Form("https://archive.org/embed/Series/part2.mp4", "Series/part2.mp4"),
    Form(
        '<iframe src="https://archive.org/embed/PreludeToWar" width="640" height="480"></iframe>',
        "PreludeToWar",
    ),
]

UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
FRAMATUBE = "framatube.org/kkGMgK9ZtnKfYAgnEtQxbv"

PEERTUBE = [
    Form("https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv", FRAMATUBE),
    Form("framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv/", FRAMATUBE),
    Form("http://Framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv", FRAMATUBE),
    Form(f"https://framatube.org/w/{UUID}", FRAMATUBE),
    Form(f"https://framatube.org/videos/watch/{UUID}", FRAMATUBE),
    Form(f"https://framatube.org/videos/watch/{UUID.upper()}", FRAMATUBE),
    Form("https://framatube.org/videos/watch/kkGMgK9ZtnKfYAgnEtQxbv", FRAMATUBE),
    Form(f"https://framatube.org/videos/embed/{UUID}?title=0&amp;warningTitle=0", FRAMATUBE),
    Form("https://framatube.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv", FRAMATUBE),
    Form("https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv?start=1m2s", FRAMATUBE, 62),
    Form("https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv?start=62&stop=2m", FRAMATUBE, 62),
    Form("https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv;threadId=7", FRAMATUBE),
    Form("https://tube.example:9000/w/kkGMgK9ZtnKfYAgnEtQxbv", "tube.example:9000/kkGMgK9ZtnKfYAgnEtQxbv"),
    Form(
        "https://tube.example/videos/embed/00000000-0000-0000-0000-00000000003a",
        "tube.example/1111111111111111111121",
    ),
    Form(
        '<iframe title="PeerTube" width="560" height="315" sandbox="allow-scripts"'
        f' src="https://framatube.org/videos/embed/{UUID}" frameborder="0" allowfullscreen></iframe>',
        FRAMATUBE,
    ),
]

PLAIN_FILE = [
    Form("https://example.org/films/prelude.mp4", "https://example.org/films/prelude.mp4"),
    Form("http://example.org/films/prelude.mp4", "https://example.org/films/prelude.mp4"),
    Form("example.org/prelude.webm", "https://example.org/prelude.webm"),
    Form("https://EXAMPLE.org/Prelude.M4V", "https://example.org/Prelude.M4V"),
    Form("https://example.org/prelude.ogv/", "https://example.org/prelude.ogv"),
    Form("https://example.org/live/master.m3u8", "https://example.org/live/master.m3u8"),
    Form("https://example.org:8443/prelude.mp4", "https://example.org:8443/prelude.mp4"),
    Form("https://example.org/prelude.mp4#t=90", "https://example.org/prelude.mp4", 90),
    Form("https://example.org/prelude.mp4#t=10,20", "https://example.org/prelude.mp4", 10),
    Form("https://example.org/prelude.mp4#t=npt:0:01:30,120", "https://example.org/prelude.mp4", 90),
    Form("https://example.org/prelude.mp4#t=12.5", "https://example.org/prelude.mp4", 12),
    Form(
        "https://example.org/prelude.mp4?t=7&Signature=a%2Fb%3D&utm_source=mail&fbclid=x",
        "https://example.org/prelude.mp4?t=7&Signature=a%2Fb%3D",
    ),
    Form("https://example.org/Präludium.mp4", "https://example.org/Pr%C3%A4ludium.mp4"),
    Form("https://example.org/my film.mp4", "https://example.org/my%20film.mp4"),
    Form("https://example.org/tom&jerry.mp4", "https://example.org/tom&jerry.mp4"),
    Form(
        "https://player.vimeo.com/external/76979871.hd.mp4?s=abc",
        "https://player.vimeo.com/external/76979871.hd.mp4?s=abc",
    ),
    Form("/media/films/prelude.mp4", "/media/films/prelude.mp4"),
    Form("/media/films/prelude.webm#t=1:30", "/media/films/prelude.webm", 90),
    Form("/media/films/prelude.m3u8?v=2", "/media/films/prelude.m3u8"),
    Form(
        '<video controls><source src="/media/films/prelude.mp4" type="video/mp4"></video>',
        "/media/films/prelude.mp4",
    ),
    Form('<video src="https://example.org/prelude.mp4" controls></video>', "https://example.org/prelude.mp4"),
]

FORMS = {
    ("youtube", "video"): YOUTUBE,
    ("youtube", "playlist"): YOUTUBE_PLAYLISTS,
    ("vimeo", "video"): VIMEO,
    ("dailymotion", "video"): DAILYMOTION,
    ("internet-archive", "video"): INTERNET_ARCHIVE,
    ("peertube", "video"): PEERTUBE,
    ("file", "file"): PLAIN_FILE,
}

ALL_FORMS = [(host, kind, form) for (host, kind), forms in FORMS.items() for form in forms]
