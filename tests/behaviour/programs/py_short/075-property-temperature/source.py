class Temperature:
    """Temperature with a validated Celsius value."""

    def __init__(self, celsius: float = 0.0) -> None:
        self.celsius = celsius

    @property
    def celsius(self) -> float:
        return self._celsius

    @celsius.setter
    def celsius(self, value: float) -> None:
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._celsius = value

    @property
    def fahrenheit(self) -> float:
        return self.celsius * 9 / 5 + 32


t = Temperature(25)
print(t.celsius, t.fahrenheit)
t.celsius = -40
print(t.fahrenheit)
for attr, val in (("celsius", -300), ("fahrenheit", 5)):
    try:
        setattr(t, attr, val)
    except (ValueError, AttributeError) as e:
        print(type(e).__name__)
