users = [
    {"name": "Ada", "age": 36, "tags": ["dev"]},
    {"name": "Bob", "age": 17, "tags": []},
]
stock = {"pear": 0, "plum": 4}

print([f"{item['name']} ({item['age']})" for item in users if item["age"] >= 18])
print(
    any(len(item["tags"]) > 1 for item in users),
    next((item for item in users if item["name"] == "Bob"), None),
)
print([fruit for fruit, count in list(stock.items()) if count > 0])
print(max([0, *[len(user["tags"]) for user in users]]))

for method, path, body in [["GET", "/", None], ["POST", "/users", {"name": "Cy"}]]:
    print(method, path, "-" if body is None else body["name"])
