class Clock:
    def __init__(self):
        self.calls = []

    def call_later(self, delay, action):
        self.calls.append((delay, action))


Clock().call_later(2, print)
