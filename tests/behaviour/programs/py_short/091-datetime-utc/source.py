from datetime import date, datetime, timedelta, timezone

start = datetime(2024, 2, 28, 22, 30, tzinfo=timezone.utc)
end = start + timedelta(hours=26, minutes=45)
print(start.isoformat(), end.isoformat())
print(end - start, (end - start).total_seconds())
print(start.strftime("%A %d %B %Y, %H:%M %Z"), start.timestamp())
parsed = datetime.strptime("17/05/2023 08:09", "%d/%m/%Y %H:%M").replace(tzinfo=timezone.utc)
print(parsed, parsed < start, parsed.weekday(), parsed.isocalendar().week)
print(datetime.fromtimestamp(0, tz=timezone.utc))
tokyo = timezone(timedelta(hours=9), "JST")
print(start.astimezone(tokyo), start.astimezone(tokyo).tzname())
print((date(2024, 12, 25) - date(2024, 3, 1)).days, date.fromisoformat("2024-02-29").replace(year=2028))
try:
    date(2023, 2, 29)
except ValueError as e:
    print("ValueError:", e)
