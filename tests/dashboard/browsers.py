"""What a browser is made to do, and to say."""

from selenium.webdriver.common.by import By


def press(driver, *keys):
    for key in keys:
        driver.find_element(By.TAG_NAME, "body").send_keys(key)


def said(driver, script):
    """What a script says: what is shown is replaced all the time, so that no element may be held."""
    return driver.execute_script(f"return {script}")
