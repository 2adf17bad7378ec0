nums = list(range(10))
print(nums[2:5], nums[:3], nums[7:], nums[-3:])
print(nums[::2], nums[1::3], nums[::-1], nums[8:2:-2])
nums[1:4] = ["a", "b"]
print(nums, len(nums))
nums[::3] = [0] * len(nums[::3])
print(nums)
word = "palindrome"
print(word[::-1], word[-4:], word[:-4], word[100:] == "")


def is_palindrome(text: str) -> bool:
    clean = "".join(c for c in text.lower() if c.isalnum())
    return clean == clean[::-1]


print(is_palindrome("A man, a plan, a canal: Panama"), is_palindrome("Python"))
every = slice(None, None, 4)
print(word[every], every, tuple(range(20))[every])
