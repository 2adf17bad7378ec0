from urllib.parse import parse_qsl, urlencode, urlsplit

page = urlsplit("https://shop.example:8443/items/7?sort=price&page=2#top")
print(
    page.hostname,
    page.port or "",
    page.path or "/",
    f"?{page.query}" if page.query else "",
    f"{page.scheme}://{page.netloc.rpartition('@')[2]}",
)
print(
    dict(parse_qsl(page.query, keep_blank_values=True)).get("sort"),
    "limit" in dict(parse_qsl(page.query, keep_blank_values=True)),
)

query = {"q": "red shoes", "limit": "20"}
query["page"] = "3"
for name, value in query.items():
    print(f"{name}={value}")
print(f"/search?{urlencode(query)}")
