"""A person at a browser: a headless chromium that sees this machine's loopback interface and nothing else."""

import os
import time

from console import Wrong
from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 20  # seconds a page may take before it counts as hung

NAME = (By.CSS_SELECTOR, "input[name=login]:not([type=hidden]), input[name=sub], #username")
PASSWORD = (By.CSS_SELECTOR, "input[type=password]")
CONSENT = (By.CSS_SELECTOR, "button#accept")
END = (By.CSS_SELECTOR, "button#logout, form[action$='/end_session/confirm'] button")
APPROVE = (By.CSS_SELECTOR, "button[name=action][value=authorize]")
REFUSE = (By.CSS_SELECTOR, "button[name=action][value=deny]")
SIGN_OUT = (By.CSS_SELECTOR, "form[action$='/auth/logout'] [type=submit], form[action$='/auth/logout'] button")


def start(chromium, chromedriver, folder):
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    arguments = [
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-proxy-server",
        # Pages of the providers name fonts and styles elsewhere: not found, at once.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        f"--user-data-dir={folder}/browser",
        "--window-size=1000,900",
    ]
    for argument in arguments:
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # it refuses root otherwise
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(chromedriver, log_output=f"{folder}/chromedriver.log")
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_page_load_timeout(PATIENCE)
    return driver


class Browser:
    def __init__(self, driver, console):
        self.driver = driver
        self.console = console

    def seen(self):
        """Where it stands and what it shows, for whoever reads of a failure."""
        words = " ".join(self.text().split())
        # What the browser itself refuses, such as a redirect that a policy forbids, is said only here.
        said = [entry["message"] for entry in self.driver.get_log("browser")][-5:]
        return "\n".join([f"at {self.driver.current_url}: {words[:300]}", *said])

    def text(self):
        bodies = self.driver.find_elements(By.TAG_NAME, "body")
        return bodies[0].text if bodies else ""

    def open(self, path):
        self.driver.get(self.console + path)

    def at_console(self):
        return self.driver.current_url.startswith(self.console + "/")

    def sign_in(self, name, password, back="/"):
        """To the login page and through the provider's forms. Whether a form asked who it is."""
        self.open(f"/auth/login?return={back}")
        asked = False
        for _ in range(6):
            if self.at_console():
                return asked
            if self.fill(NAME, name) | self.fill(PASSWORD, password):
                asked = True
                self.leave(lambda: self.driver.switch_to.active_element.send_keys("\n"))
            elif not self.click(CONSENT):
                break
        raise Wrong(f"the login does not lead back to the console\n{self.seen()}")

    def decide(self, address, code, name, password, approve):
        """At the provider's page for codes: compares the code, says who it is, and approves or refuses."""
        self.driver.get(address)
        shown = self.driver.find_element(By.ID, "user_code").get_attribute("value")
        if shown != code:
            raise Wrong(f"the page shows the code {shown} and not {code}")
        if not (self.fill(NAME, name) and self.fill(PASSWORD, password)):
            raise Wrong(f"the page does not ask who it is\n{self.seen()}")
        if not self.click(APPROVE if approve else REFUSE):
            raise Wrong(f"the page has nothing to decide\n{self.seen()}")

    def sign_out(self):
        """By the console's button, and through what the provider asks."""
        self.open("/")
        if not self.click(SIGN_OUT):
            raise Wrong(f"the page has no form to sign out with\n{self.seen()}")
        self.settle()
        if not self.at_console():
            self.click(END)
        if not self.at_console():
            raise Wrong(f"the logout does not lead back to the console\n{self.seen()}")

    def find(self, what):
        return next((element for element in self.driver.find_elements(*what) if element.is_displayed()), None)

    def fill(self, what, text):
        field = self.find(what)
        if field is None:
            return False
        field.clear()
        field.send_keys(text)
        return True

    def click(self, what):
        element = self.find(what)
        if element is None:
            return False
        self.leave(element.click)
        return True

    def leave(self, act):
        """What leads to another page: waits until that one is there. A new page does not know the old one's mark."""
        self.driver.execute_script("window.left = true")
        act()
        arrived = "return window.left === undefined && document.readyState === 'complete'"
        if not self.wait(lambda: self.driver.execute_script(arrived)):
            raise Wrong(f"no other page comes\n{self.seen()}")

    def settle(self):
        """A page may send the browser on by itself: waits until none has done so for a second."""
        known = None, 0.0

        def is_calm():
            nonlocal known
            begun = self.driver.execute_script("return performance.timeOrigin")
            if begun != known[0]:
                known = begun, time.monotonic()
            return time.monotonic() - known[1] > 1

        self.wait(is_calm)

    def wait(self, done):
        """Whether it is done in time. Between two pages the browser answers nothing, or errors of many kinds."""
        try:
            return WebDriverWait(self.driver, PATIENCE, 0.1, [WebDriverException]).until(lambda _: done())
        except TimeoutException:
            return False

    def cookie(self, name):
        return self.driver.get_cookie(name)

    def csrf_token(self):
        return self.driver.find_element(By.CSS_SELECTOR, "input[name=csrf]").get_attribute("value")

    def forget(self):
        """As another person's browser would be."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
