"""Counts and prints results. Runs nothing.

Example of the closing lines:
    silently wrong: 1
    40 passed, 3 failed
"""

from collections import Counter

from runner import OUTCOMES, PASS


def count(results):
    outcomes = Counter(r.outcome for r in results)
    both = [r.equal_lines for r in results if r.equal_lines]
    lines = sum(total for _, total in both)
    lessons = [r.lessons for r in results if r.lessons]
    return {
        "total": len(results),
        "passed": outcomes[PASS],
        "failed": len(results) - outcomes[PASS],
        "reasons": {name: outcomes[name] for name in OUTCOMES if name != PASS},
        "silently_wrong": sum(r.silently_wrong for r in results),
        "failed_honestly": sum(not r.passed and r.honest for r in results),
        "passed_but_warned": sum(r.passed and r.warned for r in results),
        "passed_but_flagged": sum(r.passed and r.honest for r in results),
        "passed_on_retry": sum(r.passed and r.retried for r in results),
        "same_as_model": sum(equal == total for equal, total in both),
        "lessons": {key: sum(len(found[key]) for found in lessons) for key in ("given", "missing", "other")},
        "models": len(both),
        "equal_line_share": round(sum(equal for equal, _ in both) / lines, 4) if lines else None,
    }


def failure_line(result):
    marks = [result.outcome]
    if result.silently_wrong:
        marks.append("and no diagnostic was given")
    elif result.honest:
        marks.append("and said so")
    elif result.warned:
        marks.append("and warned")
    return f"FAIL {result.name} [{' '.join(marks)}] {result.detail}".rstrip()


def group_lines(results):
    """One line for each group and direction."""
    groups = {}
    for result in results:
        groups.setdefault((result.name.rpartition("/")[0], result.to), []).append(result)
    for (group, to), members in sorted(groups.items()):
        numbers = count(members)
        share = numbers["equal_line_share"]
        model = "" if share is None else f", {share:.1%} of lines as in the models"
        silent = f", {numbers['silently_wrong']} silently wrong" if numbers["silently_wrong"] else ""
        yield f"{group} to {to}: {numbers['passed']} of {numbers['total']} passed{silent}{model}"


def print_report(results, show_passed=False):
    for result in results:
        if not result.passed:
            print(failure_line(result))
        elif show_passed:
            print(f"pass {result.name}")
    numbers = count(results)
    for line in group_lines(results):
        print(line)
    reasons = [f"{name} {n}" for name, n in numbers["reasons"].items() if n]
    if reasons:
        print(f"reasons: {', '.join(reasons)}; {numbers['failed_honestly']} of them said so")
    extra = {
        "passed_but_warned": "warned",
        "passed_but_flagged": "with an error",
        "passed_on_retry": "on the second try",
    }
    said = [f"{numbers[key]} {label}" for key, label in extra.items() if numbers[key]]
    if said:
        print(f"passed, but: {', '.join(said)}")
    if numbers["models"]:
        print(
            f"model translations: {numbers['equal_line_share']:.1%} of lines equal, "
            f"{numbers['same_as_model']} of {numbers['models']} programs equal"
        )
    lessons = numbers["lessons"]
    if lessons["given"] + lessons["missing"]:
        expected = lessons["given"] + lessons["missing"]
        print(f"lessons of the catalogue: {lessons['given']} of {expected} given, and {lessons['other']} others")
    print(f"silently wrong: {numbers['silently_wrong']}")


def required_problems(results, required, selected_all):
    """What breaks the promise of the list of pairs that must pass."""
    by_name = {r.name: r for r in results}
    for name in required:
        result = by_name.get(name)
        if result is None:
            if selected_all:
                yield f"required pair {name} was not found"
        elif result.silently_wrong:
            yield f"required pair {name} is silently wrong"
        elif not result.passed:
            yield f"required pair {name} fails: {result.outcome}"
