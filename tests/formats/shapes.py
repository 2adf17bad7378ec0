"""What the formats of services allow, as tables: JUnit's XML, GitHub's workflow commands, GitLab's code quality report.

Written from the published descriptions: JUnit as Jenkins and GitLab read it (element, attributes, children), workflow
commands with their escapes, the fields that GitLab asks of each finding. Each function gives a list of what is wrong.
Example: check_gitlab('[{"description": ""}]') -> ["0: no check_name", ...]
"""

import json
import re
import xml.etree.ElementTree as ET

COUNT = re.compile(r"\d+")
TIME = re.compile(r"\d+(\.\d+)?")
TEXT = re.compile(r".+", re.DOTALL)

# element -> (attributes: (pattern, required), children: (least, most))
JUNIT = {
    "testsuites": (
        {"name": (TEXT, False), "tests": (COUNT, False), "failures": (COUNT, False), "errors": (COUNT, False),
         "skipped": (COUNT, False), "time": (TIME, False)},
        {"testsuite": (0, None)},
    ),
    "testsuite": (
        {"name": (TEXT, True), "tests": (COUNT, True), "failures": (COUNT, False), "errors": (COUNT, False),
         "skipped": (COUNT, False), "time": (TIME, False), "timestamp": (TEXT, False), "hostname": (TEXT, False)},
        {"properties": (0, 1), "testcase": (0, None), "system-out": (0, 1), "system-err": (0, 1)},
    ),
    "testcase": (
        {"name": (TEXT, True), "classname": (TEXT, True), "time": (TIME, False), "file": (TEXT, False)},
        {"skipped": (0, 1), "error": (0, None), "failure": (0, None), "system-out": (0, None), "system-err": (0, None)},
    ),
    "failure": ({"message": (TEXT, False), "type": (TEXT, True)}, {}),
    "error": ({"message": (TEXT, False), "type": (TEXT, True)}, {}),
    "skipped": ({"message": (TEXT, False)}, {}),
}  # fmt: skip


def _junit_element(element, where, wrong):
    attributes, children = JUNIT.get(element.tag, (None, None))
    if attributes is None:
        wrong.append(f"{where}: no element `{element.tag}` in JUnit")
        return
    where += f"/{element.tag}"
    for name, value in element.attrib.items():
        if name not in attributes:
            wrong.append(f"{where}: no attribute `{name}`")
        elif not attributes[name][0].fullmatch(value):
            wrong.append(f"{where}: {name}={value!r}")
    wrong += [f"{where}: `{name}` is missing" for name, (_, needed) in attributes.items()
              if needed and name not in element.attrib]  # fmt: skip
    order = list(children)
    last = 0
    for child in element:
        if child.tag not in children:
            wrong.append(f"{where}: no `{child.tag}` inside")
            continue
        if order.index(child.tag) < last:
            wrong.append(f"{where}: `{child.tag}` stands too late")
        last = max(last, order.index(child.tag))
        _junit_element(child, where, wrong)
    for name, (least, most) in children.items():
        found = len(element.findall(name))
        if found < least or (most is not None and found > most):
            wrong.append(f"{where}: {found} of `{name}`")
    if children and (element.text or "").strip():
        wrong.append(f"{where}: text between elements")


def check_junit(text):
    try:
        root = ET.fromstring(text.encode())
    except ET.ParseError as error:
        return [f"no XML: {error}"]
    wrong = [] if root.tag == "testsuites" else [f"the root is `{root.tag}`"]
    _junit_element(root, "", wrong)
    suites = root.findall("testsuite")
    sums = [(root, suites)] + [(suite, [suite]) for suite in suites]
    for element, parts in sums:
        cases = [case for part in parts for case in part.findall("testcase")]
        failures = [case for case in cases if case.find("failure") is not None]
        if int(element.get("tests", "0")) != len(cases) or int(element.get("failures", "0")) != len(failures):
            wrong.append(f"{element.tag} {element.get('name')}: the counts are not those of the cases")
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    if len(set(names)) != len(names):
        wrong.append("two cases have one name")
    return wrong


# ::warning file=a.js,line=1,endLine=1,col=2,endColumn=3,title=T::message
COMMAND = re.compile(r"::(error|warning|notice|debug)( [^:]*)?::(.*)")
PROPERTY = re.compile(r"([A-Za-z]+)=([^,:\r\n]*)")
ESCAPE = re.compile(r"%(25|0D|0A|3A|2C)")
PROPERTIES = {"file", "line", "endLine", "col", "endColumn", "title"}
GITHUB_SHOWN = 10  # of one kind


def unescape(text):
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def check_github(text, files):
    """`files`: the paths that may be named."""
    wrong = []
    kinds = {}
    for number, line in enumerate(text.splitlines(), 1):
        command = COMMAND.fullmatch(line)
        if not command:
            wrong.append(f"{number}: no workflow command: {line!r}")
            continue
        kinds[command[1]] = kinds.get(command[1], 0) + ("file=" in line)
        if "%" in ESCAPE.sub("", line):
            wrong.append(f"{number}: a percent sign that is not escaped")
        if not command[3].strip():
            wrong.append(f"{number}: no message")
        found = {}
        for part in (command[2] or "").strip().split(","):
            match = PROPERTY.fullmatch(part)
            if not match or match[1] not in PROPERTIES or match[1] in found:
                wrong.append(f"{number}: property {part!r}")
                continue
            found[match[1]] = unescape(match[2])
        if "file" not in found:
            continue
        if found["file"] not in files:
            wrong.append(f"{number}: no file {found['file']!r}")
        for name in ("line", "endLine", "col", "endColumn"):
            if name in found and not (found[name].isdigit() and int(found[name]) > 0):
                wrong.append(f"{number}: {name}={found[name]}")
        if "line" not in found or not found.get("title"):
            wrong.append(f"{number}: line and title are missing")
        if "col" in found and found["line"] != found["endLine"]:
            wrong.append(f"{number}: columns of several lines are not read")
    wrong += [f"{count} of {kind}: {GITHUB_SHOWN} are shown" for kind, count in kinds.items() if count > GITHUB_SHOWN]
    return wrong


GITLAB_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def check_gitlab(text, lines):
    """`lines`: how many lines each file has."""
    wrong = []
    try:
        report = json.loads(text)
    except ValueError as error:
        return [f"no JSON: {error}"]
    if not isinstance(report, list):
        return ["no list"]
    prints = set()
    for number, finding in enumerate(report):
        for key in ("description", "check_name", "fingerprint", "severity"):
            if not isinstance(finding.get(key), str) or not finding[key]:
                wrong.append(f"{number}: no {key}")
        if finding.get("severity") not in GITLAB_SEVERITIES:
            wrong.append(f"{number}: severity {finding.get('severity')}")
        if finding.get("fingerprint") in prints:
            wrong.append(f"{number}: the fingerprint is that of another finding")
        prints.add(finding.get("fingerprint"))
        location = finding.get("location", {})
        path = location.get("path", "")
        begin = location.get("lines", {}).get("begin")
        if path.startswith(("./", "/")) or path not in lines:
            wrong.append(f"{number}: path {path!r}")
        elif not isinstance(begin, int) or not 1 <= begin <= lines[path]:
            wrong.append(f"{number}: line {begin}")
        extra = set(finding) - {"description", "check_name", "fingerprint", "severity", "location", "type", "categories"}
        if extra:
            wrong.append(f"{number}: {sorted(extra)}")
    return wrong
