total = 2.5 + 0.5
print(f"{total}kg", f"{total} kg", f"{0.5}s", "v" + str(total))
