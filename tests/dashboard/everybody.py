"""What hinders anybody in using a page, as far as a program can tell."""

from selenium_axe_python import Axe

HELD_TO = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def hindrances(driver) -> list[str]:
    """Every rule that the page of a browser breaks, with the elements concerned."""
    driver.set_script_timeout(120)  # a page of tables on a busy machine
    axe = Axe(driver)
    axe.inject()
    found = axe.run(options={"runOnly": HELD_TO, "resultTypes": ["violations"]})
    assert len(found["passes"]) > 10, "there is a page"
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]
