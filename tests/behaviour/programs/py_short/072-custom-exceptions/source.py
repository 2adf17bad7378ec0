class ValidationError(ValueError):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


def validate(user: dict) -> dict:
    if not user.get("name"):
        raise ValidationError("name", "must not be empty")
    if not 0 < (age := user.get("age", -1)) < 150:
        raise ValidationError("age", f"{age} is out of range")
    return user


if __name__ == "__main__":
    for u in ({"name": "Al", "age": 3}, {"age": 1}, {"name": "Bo", "age": 200}):
        try:
            print("ok", validate(u))
        except ValueError as e:
            print(f"{type(e).__name__}[{e.field}] {e}")
    try:
        assert 1 + 1 == 3, "math is hard"
    except AssertionError as e:
        print("assert:", e)
