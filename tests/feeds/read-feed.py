"""Reads a feed from standard input as Debian's feedparser reads it, and prints what it finds as JSON."""

import json
import sys

import feedparser

feed = feedparser.parse(sys.stdin.buffer.read())
print(
    json.dumps(
        {
            "version": feed.version,
            "fault": str(feed.bozo_exception) if feed.bozo else None,
            "links": {link.rel: link.href for link in feed.feed.links},
            "entries": [
                {
                    "id": entry.id,
                    "title": entry.title,
                    "link": entry.link,
                    "published": list(entry.published_parsed[:6]),
                    "html": entry.content[0].value if "content" in entry else entry.summary,
                }
                for entry in feed.entries
            ],
        }
    )
)
