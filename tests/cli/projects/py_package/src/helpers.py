GREETING = "hello"


def join_all(parts):
    return ", ".join(parts)
