"""A page in HTML with a head, an article and the furniture around it."""

PROSE = "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag mit. "
STORY = f"""<!doctype html><html lang=de><head><title>Brücke wird später fertig | Wesselbote</title>
<meta property="og:site_name" content="Wesselbote"><meta name=author content="Anna Berg">
<meta property="article:published_time" content="2024-05-01T10:00:00+02:00"></head><body>
<header class=site-header><a href=/>Wesselbote</a><nav><ul><li><a href=/sport>Sport</a>
<li><a href=/kultur>Kultur</a></ul></nav></header>
<main><article><h1>Brücke wird später fertig</h1><p class=byline>Von Anna Berg</p>
<p>{PROSE * 4}<p>{PROSE * 3}<h2>Was es kostet</h2><p>{PROSE * 5}<p>{PROSE * 2}</article>
<aside class=related-articles><h3>Mehr zum Thema</h3><ul><li><a href=/a>Damm bricht</a>
<li><a href=/b>Fähre fährt wieder</a></ul></aside></main>
<div class="newsletter-box"><p>Jetzt bestellen: unser täglicher Brief mit allem,
was wichtig ist in der Stadt.</div>
<footer><a href=/impressum>Impressum</a> <a href=/datenschutz>Datenschutz</a></footer>
</body></html>"""
