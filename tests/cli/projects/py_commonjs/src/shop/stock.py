_taken = []


def take(name):
    _taken.append(name)


def taken():
    return len(_taken)
