import string


def caesar(text: str, shift: int) -> str:
    lower, upper = string.ascii_lowercase, string.ascii_uppercase
    k = shift % 26
    table = str.maketrans(
        lower + upper, lower[k:] + lower[:k] + upper[k:] + upper[:k]
    )
    return text.translate(table)


def run_length(s: str) -> str:
    out = ""
    i = 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out += f"{j - i}{s[i]}"
        i = j
    return out


secret = caesar("Hello, World!", 3)
print(secret, caesar(secret, -3), run_length("aaabccdd"), sep="\n")
