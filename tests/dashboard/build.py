"""Cases made for these tests, what a browser sends, and what it would show."""

import json

from casecurves_dashboard import ids

HOSTILE = [
    "<b>bold</b><img src=x onerror=alert(1)>",
    "<a href='http://example.invalid/'>link</a>",
    "=HYPERLINK(1) & <script>alert(2)</script>",
    "right \u202eto left",
]
SOUND = {
    "case.toml": """
title = "A sound case"
title_fr = "Un cas sain"
diagnosis = "asthma"
diagnosis_fr = "asthme"
day_zero = "first-drug"
[patient]
sex = "female"
age = 40
[[sources]]
key = "paper"
title = "A paper"
""",
    "therapies.csv": """id,drug,dose,dose_unit,start,end,source
first-drug,dupilumab,300,mg,D0,M6,paper
second-drug,prednisone,20,mg,M1,M3,paper
""",
    "measurements.csv": """id,analyte,value,unit,time,source
albumin-0,albumin,20,g/L,D0,paper
albumin-1,albumin,30.5,g/L,M1,paper
upcr-0,uPCR,3000,mg/g,D0,paper
upcr-1,uPCR,<200,mg/g,M5,paper
""",
    "events.csv": """id,kind,label,label_fr,time,source
flare-1,flare,flare,poussée,M2,paper
closing,last_follow_up,last visit,dernière visite,M6,paper
""",
}


def hostile() -> dict[str, str]:
    """The sound case with a hostile string wherever a person may write one."""
    tags, link, formula, _ = HOSTILE
    quoted = {name: f'"{text}"' for name, text in zip("abcd", HOSTILE, strict=True)}
    return {
        "case.toml": SOUND["case.toml"]
        .replace('"A sound case"', json.dumps(tags))
        .replace('"asthma"', json.dumps(formula))
        .replace('"A paper"', json.dumps(link))
        .replace('title_fr = "Un cas sain"', "")
        .replace('diagnosis_fr = "asthme"', ""),
        "therapies.csv": SOUND["therapies.csv"].replace("dupilumab", quoted["a"]),
        "measurements.csv": SOUND["measurements.csv"].replace("uPCR", quoted["b"]).replace("g/L", quoted["c"]),
        "events.csv": SOUND["events.csv"].replace(",flare,poussée", f",{quoted['d']},"),
    }


def write(folder, files: dict[str, str]):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def body(path: object = "/", search: object = "", seen: object = None) -> dict:
    """The body that our own page sends when its address changes; ``seen`` is what it shows."""
    inputs = [
        {"id": ids.LOCATION, "property": "pathname", "value": path},
        {"id": ids.LOCATION, "property": "search", "value": search},
    ]
    outputs = [
        {"id": ids.PROVIDER, "property": "forceColorScheme"},
        {"id": ids.HEADER, "property": "children"},
        {"id": ids.MAIN, "property": "children"},
        {"id": ids.FOOTER, "property": "children"},
        {"id": ids.DOCUMENT, "property": "data"},
        {"id": ids.PROBLEM, "property": "children"},
        {"id": ids.ASIDE, "property": "children"},
    ]
    name = "...".join(f"{entry['id']}.{entry['property']}" for entry in outputs)
    return {
        "output": f"..{name}..",
        "outputs": outputs,
        "inputs": inputs,
        "state": [{"id": ids.DOCUMENT, "property": "data", "value": seen}],
        "changedPropIds": [f"{ids.LOCATION}.pathname"],
    }


def seen(text: str) -> str:
    """A text as a driver reads it from a page: WebDriver tells no-break spaces as plain ones."""
    return text.replace("\u00a0", " ")


def texts(component: object) -> list[str]:
    """Every string that a tree of components shows or says, in order."""
    if isinstance(component, str):
        return [component]
    if isinstance(component, list):
        return [text for item in component for text in texts(item)]
    if isinstance(component, dict):
        shown = component.get("props", component)
        keys = ("label", "children", "alt", "title")
        return [text for key in keys if key in shown for text in texts(shown[key])]
    return []
