def read_number(text):
    print(f"parsing {text!r}")
    try:
        value = 100 / int(text)
    except ValueError:
        print("  not a number")
    except ZeroDivisionError as e:
        print("  error:", e)
        return float("inf")
    else:
        print("  no exception")
        return value
    finally:
        print("  finally")


for item in ["4", "zero", "0"]:
    print("  result:", read_number(item))
