SCHEMA = {"name": str, "age": int, "tags": list}


def check(record):
    return [
        f"{key} should be {kind.__name__}"
        for key, kind in SCHEMA.items()
        if not isinstance(record.get(key), kind)
    ]


print(check({"name": "ann", "age": "x", "tags": []}))
