import urllib.request
import httpx
import requests
import requests as web
from requests import get
from urllib.request import urlopen


async def found(url):
    requests.get(url)  #~ blocking-http
    requests.post(url, json={})  #~ blocking-http
    web.put(url)  #~ blocking-http
    get(url)  #~ blocking-http
    urllib.request.urlopen(url)  #~ blocking-http
    urlopen(url)  #~ blocking-http
    httpx.get(url)  #~ blocking-http
    session = requests.Session()
    session.get(url)  #~ blocking-http
    client = httpx.Client()
    client.post(url)  #~ blocking-http
    return requests.request("GET", url).text  #~ blocking-http


class Api:
    async def load(self, url):
        return [requests.get(u) for u in url]  #~ blocking-http


def plain(url):
    return requests.get(url)  # ok


async def fine(url, get, session, asyncio):
    async with httpx.AsyncClient() as client:
        await client.get(url)  # ok
    get(url)  # ok
    await session.get(url)  # ok
    await asyncio.to_thread(requests.get, url)  # ok
    requests.Request("GET", url)  # ok

    def inner():
        return requests.get(url)  # ok

    return inner, {}.get(url)  # ok


requests.get("https://example.org")  # ok
