"""Pages in which a real player stands in a short article of ours, and what a scraper reads there.

A player comes from its own npm package, unchanged, with the locale set as its manual says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

MARKER = "\ue000"
"""Stands for the player in the page's text, once its labels are read."""

_SAME = ("de", "en", "fr", "es", "it", "nl", "pl", "sv", "ru", "tr", "ar", "he", "ja", "ko")

CLIP = '<video id="clip" controls width="640" height="360" preload="auto">{inner}</video>'
_INNER = """<source src="/clip.wav" type="audio/wav">
<track kind="captions" srclang="{lang}" label="{tongue}" src="/captions.vtt">
"""


@dataclass(frozen=True)
class Player:
    """A player and how a page loads it.

    Attributes:
        name: its part of a fixture's name.
        packages: npm packages that it is made of, itself first.
        place: number of paragraphs that stand before it.
        locales: language -> the name that the player has for it.
        styles: paths in the packages' folder.
        scripts: likewise, in order; ``{locale}`` is filled in.
        body: the HTML that a site writes for it; ``{inner}`` holds the sources and tracks.
        setup: JavaScript, the body of an async function, that returns once the player is built;
            it knows `locale`.
    """

    name: str
    packages: Sequence[str]
    place: int
    locales: Mapping[str, str]
    styles: Sequence[str]
    scripts: Sequence[str]
    body: str
    setup: str


@dataclass(frozen=True)
class Article:
    """A short article of ours in one language.

    Attributes:
        lang: language code, such as ``de``.
        tongue: what the language calls itself; captions go by that name.
        head: headline, and the line that says who wrote it and when.
        paragraphs: the article.
    """

    lang: str
    tongue: str
    head: Sequence[str]
    paragraphs: Sequence[str]

    @property
    def lines(self) -> list[str]:
        """Everything that has to stay."""
        return [*self.head, *self.paragraphs]


VIDEO_JS = Player(
    name="videojs",
    packages=["video.js"],
    place=1,
    locales={lang: lang for lang in _SAME} | {"pt": "pt-BR", "zh": "zh-CN"},
    styles=["video.js/dist/video-js.css"],
    scripts=["video.js/dist/video.js", "video.js/dist/lang/{locale}.js"],
    body=CLIP.replace("<video", '<video class="video-js"'),
    setup="""
const player = videojs("clip", {
  language: locale,
  playbackRates: [0.5, 1, 1.5, 2],
  controlBar: {skipButtons: {backward: 10, forward: 10}},
});
await new Promise((done) => player.ready(done));
""",
)

_PLUGINS = ("skip-back", "jump-forward", "speed", "loop", "stop", "source-chooser", "context-menu")

MEDIAELEMENT = Player(
    name="mediaelement",
    packages=["mediaelement", "mediaelement-plugins"],
    place=0,
    locales={lang: lang for lang in _SAME if lang not in ("ar", "he")}
    | {"pt": "pt", "zh": "zh-cn"},
    styles=["mediaelement/build/mediaelementplayer.css"],
    scripts=[
        "mediaelement/build/mediaelement-and-player.js",
        "mediaelement/build/lang/{locale}.js",
        *(f"mediaelement-plugins/dist/{name}/{name}.js" for name in _PLUGINS),
        *(f"mediaelement-plugins/dist/{name}/{name}-i18n.js" for name in _PLUGINS),
    ],
    body=CLIP,
    setup="""
mejs.i18n.language(locale.replace("cn", "CN"));
await new Promise((done) => new MediaElementPlayer("clip", {
  features: [
    "playpause", "stop", "skipback", "jumpforward", "current", "progress", "duration", "speed",
    "tracks", "volume", "loop", "sourcechooser", "fullscreen",
  ],
  toggleCaptionsButtonWhenOnlyOne: false,
  success: done,
}));
""",
)

SHAKA = Player(
    name="shaka",
    packages=["shaka-player"],
    place=99,
    locales={lang: lang for lang in _SAME} | {"he": "iw", "pt": "pt-BR", "zh": "zh"},
    styles=["shaka-player/dist/controls.css"],
    scripts=["shaka-player/dist/shaka-player.ui.js"],
    body=f'<div id="stage">{CLIP}</div>',
    setup="""
const answer = await fetch(`/shaka-player/ui/locales/${locale}.json`);
const messages = new Map(Object.entries(await answer.json()));
const [stage, video] = [document.getElementById("stage"), document.getElementById("clip")];
const player = new shaka.Player();
const ui = new shaka.ui.Overlay(player, stage, video);
ui.configure({
  overflowMenuButtons: [
    "captions", "quality", "language", "chapter", "picture_in_picture", "playback_rate",
  ],
  contextMenuElements: ["loop", "save_video_frame", "statistics"],
  statisticsList: [],
});
const localization = ui.getControls().getLocalization();
localization.insert(locale, messages);
localization.changeLocale([locale]);
await player.attach(video);
await player.load("/clip.wav", null, "audio/wav");
""",
)

MEDIA_CHROME = Player(
    name="media-chrome",
    packages=["media-chrome"],
    place=2,
    locales={"de": "de", "en": "en", "es": "es", "fr": "fr", "pt": "pt", "zh": "zh-CN"},
    styles=[],
    scripts=[],
    body="""<media-controller>
<video id="clip" slot="media" preload="auto">{inner}</video>
<media-control-bar>
<media-play-button></media-play-button>
<media-seek-backward-button></media-seek-backward-button>
<media-seek-forward-button></media-seek-forward-button>
<media-time-range></media-time-range>
<media-time-display showduration></media-time-display>
<media-mute-button></media-mute-button>
<media-volume-range></media-volume-range>
<media-playback-rate-button></media-playback-rate-button>
<media-captions-button></media-captions-button>
<media-pip-button></media-pip-button>
<media-fullscreen-button></media-fullscreen-button>
</media-control-bar>
</media-controller>""",
    setup="""
const {setLanguage} = await import("/media-chrome/dist/utils/i18n.js");
await import(`/media-chrome/dist/lang/${locale}.js`);
setLanguage(locale);
await import("/media-chrome/dist/index.js");
""",
)

PLYR = Player(
    name="plyr",
    packages=["plyr"],
    place=1,
    locales={"en": "en"},
    styles=["plyr/dist/plyr.css"],
    scripts=["plyr/dist/plyr.js"],
    body=CLIP,
    setup="""
const player = new Plyr("#clip", {iconUrl: "/plyr/dist/plyr.svg", controls: [
  "play-large", "restart", "rewind", "play", "fast-forward", "progress", "current-time",
  "duration", "mute", "volume", "captions", "settings", "pip", "airplay", "download", "fullscreen",
]});
await new Promise((done) => player.on("ready", done));
""",
)

PLAYERS = (VIDEO_JS, MEDIAELEMENT, SHAKA, MEDIA_CHROME, PLYR)


def player_page(player: Player, article: Article) -> str:
    """Write the page: the article, the player where it stands, and `built`, true in the end."""
    locale = player.locales[article.lang]
    styles = (f'<link rel="stylesheet" href="/{path}">' for path in player.styles)
    scripts = (
        f'<script src="/{path.replace("{locale}", locale)}"></script>' for path in player.scripts
    )
    inner = _INNER.format(lang=article.lang, tongue=article.tongue)
    stand = f'<div id="stand">{player.body.replace("{inner}", inner)}</div>'
    headline, dateline = article.head
    paragraphs = [f"<p>{escape(text)}</p>" for text in article.paragraphs]
    paragraphs.insert(player.place, stand)
    return "\n".join(
        [
            f'<!doctype html><html lang="{article.lang}"><meta charset="utf-8">',
            f"<title>{escape(headline)}</title>",
            *styles,
            f"<h1>{escape(headline)}</h1><p>{escape(dateline)}</p>",
            *paragraphs,
            *scripts,
            f'<script>const locale = "{locale}";',
            f"(async () => {{{player.setup}{_SETTLED}}})();</script>",
        ]
    )


_SETTLED = """
const media = document.querySelector("video");
const whole = () => media.buffered.length && media.buffered.end(0) > media.duration - 1;
while (!whole()) await new Promise((done) => setTimeout(done, 20));
await media.play();
media.pause();
media.currentTime = 0;
media.dispatchEvent(new Event("progress"));
await new Promise((done) => setTimeout(done, 600));
window.built = true;
"""
"""A player that was started and stopped has put up all that it hides at first."""

READ = """
() => {
  const NAMES = ["aria-label", "aria-valuetext", "title"];
  const labels = [];
  let run = "";
  const add = (text) => { if (text) labels.push(text); };
  const tidy = (text) => text.replace(/\\s+/g, " ").trim();
  const part = () => { add(tidy(run)); run = ""; };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { run += node.data; return; }
    if (node.nodeType !== Node.ELEMENT_NODE || /^(script|style|svg)$/i.test(node.tagName)) return;
    if (node.tagName === "OPTION" && !node.selected) return;
    const inline = node.tagName !== "SLOT" && getComputedStyle(node).display === "inline";
    const joins = inline && node.checkVisibility();
    if (!joins) part();
    const names = NAMES.map((name) => tidy(node.getAttribute(name) ?? ""));
    const own = tidy(node.textContent);
    new Set(names).forEach((name) => { if (name && name !== own) { part(); add(name); } });
    const slotted = node.tagName === "SLOT" ? node.assignedNodes() : [];
    (slotted.length ? slotted : (node.shadowRoot ?? node).childNodes).forEach(walk);
    if (!joins) part();
  };
  const stand = document.getElementById("stand");
  walk(stand);
  part();
  const shown = stand.innerText;
  stand.textContent = "MARKER";
  return {labels, shown, text: document.body.innerText};
}
""".replace("MARKER", MARKER)
"""Reads the player in DOM order, a label a line, then the page's text around it.

A name that only repeats the element's own text is not said twice; a closed choice says the option
that is chosen; what is not displayed is read as well, each text by itself.
"""
