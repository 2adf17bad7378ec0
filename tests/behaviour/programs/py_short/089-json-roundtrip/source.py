import json
from datetime import date

record = {"id": 7, "name": "Zoë", "tags": ["a", "b"], "active": True, "score": None, "ratio": 0.5}
text = json.dumps(record)
print(text)
print(json.loads(text) == record)
print(json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False))
print(json.dumps({1: (2, 3)}, separators=(",", ":")))
print(json.dumps({"day": date(2024, 5, 17)}, default=str))
try:
    json.loads('{"broken": [1, 2,}')
except json.JSONDecodeError as e:
    print("bad json at", e.lineno, e.colno)
try:
    json.dumps({1, 2})
except TypeError as e:
    print(e)
